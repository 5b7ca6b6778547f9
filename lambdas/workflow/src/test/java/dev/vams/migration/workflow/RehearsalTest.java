package dev.vams.migration.workflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

/** A rehearsal that fails would do no harm, and nobody would notice. */
class RehearsalTest {

  @Test
  void theServerOfTheRehearsalAnswersAllThatTheWorkersAsk() throws IOException {
    PrintStream stdout = System.out;
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    System.setOut(new PrintStream(written, true, UTF_8));
    try {
      Rehearsal.rehearse();
    } finally {
      System.setOut(stdout);
    }

    assertThat(written.toString(UTF_8))
        .contains("\"ObjectsCopied\":1.0", "\"ItemsCopied\":1.0", "\"Failed\":0.0")
        .contains("\"result\":\"done\"", "\"compared\":1")
        .doesNotContain("task failed", "\"failed\":1", "\"result\":\"paused\"");
  }
}
