package dev.vams.migration.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class StatusLineTest {
  private final StringWriter err = new StringWriter();

  @Test
  void isRewrittenInPlaceOnATerminal() {
    StatusLine line = line(true);
    line.show("copy 1/2");
    line.show("copy 1/2");
    line.keep("copy 2/2");
    line.show("verify 0/2");
    line.end();
    line.end();

    assertThat(err.toString())
        .isEqualTo("\rcopy 1/2\u001b[K\rcopy 2/2\u001b[K\n\rverify 0/2\u001b[K\n");
  }

  @Test
  void isPrintedAnewElsewhereWhenItChanged() {
    StatusLine line = line(false);
    line.show("copy 1/2");
    line.show("copy 2/2");
    line.keep("copy 2/2");
    line.end();

    assertThat(err.toString()).isEqualTo("copy 1/2\ncopy 2/2\n");
  }

  private StatusLine line(boolean terminal) {
    return new StatusLine(new PrintWriter(err), terminal);
  }
}
