package dev.vams.migration.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Whoever asks for JSON gets exactly one document, also when nothing can be run. */
class JsonOutputTest {
  @TempDir private Path directory;

  private final StringWriter out = new StringWriter();

  @Test
  void aMissingSchemaFileIsOneDocument() throws IOException {
    assertThat(execute("run", "--schema", "nowhere.json", "--output", "json")).isEqualTo(2);

    assertThat(document().get("verdict").asText()).isEqualTo("REFUSED");
    assertThat(document().at("/problems/0/what").asText()).startsWith("There is no file");
  }

  @Test
  void anInvalidSchemaIsOneDocumentWithEachProblem() throws IOException {
    Path file = Files.writeString(directory.resolve("schema.json"), "{}");

    assertThat(execute("verify", "--schema", file.toString(), "--output", "json")).isEqualTo(2);

    assertThat(document().get("problems")).hasSizeGreaterThan(1);
    assertThat(document().at("/problems/0/where").asText()).isEqualTo("$.regionFrom");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--output json", "--output=JSON", "--no-such-option --output json"})
  void aMistakeInTheOptionsIsOneDocument(String options) throws IOException {
    assertThat(execute(("run " + options).split(" "))).isEqualTo(2);

    assertThat(document().get("verdict").asText()).isEqualTo("REFUSED");
    assertThat(document().at("/problems/0/what").asText()).contains("--");
  }

  @Test
  void peopleGetNothingOnStandardOutput() {
    assertThat(execute("run", "--schema", "nowhere.json")).isEqualTo(2);

    assertThat(out.toString()).isEmpty();
  }

  private int execute(String... arguments) {
    CommandLine commandLine = VamsMigrate.commandLine();
    commandLine.setOut(new PrintWriter(out));
    commandLine.setErr(new PrintWriter(new StringWriter()));
    return commandLine.execute(arguments);
  }

  private JsonNode document() throws IOException {
    return new ObjectMapper().readTree(out.toString());
  }
}
