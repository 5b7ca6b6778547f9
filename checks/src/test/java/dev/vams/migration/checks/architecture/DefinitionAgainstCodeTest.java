package dev.vams.migration.checks.architecture;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vams.migration.core.json.JacksonCodec;
import dev.vams.migration.core.plan.Unit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The state machine and the workers are two files that must mean the same. */
class DefinitionAgainstCodeTest {
  private static final Path FOLDER = Path.of("..", "statemachine");
  private static final Path FILE = FOLDER.resolve("migration.asl.json");
  private static final String WORKFLOW = "dev.vams.migration.workflow.";

  private final ObjectMapper mapper = new ObjectMapper();
  private final String text = Files.readString(FILE);
  private final JsonNode definition = mapper.readTree(text);

  DefinitionAgainstCodeTest() throws IOException {}

  @Test
  void everyFunctionHasItsHandler() {
    assertThat(found("\\$\\{(\\w+)FunctionArn\\}"))
        .isNotEmpty()
        .allSatisfy(name -> assertThat(Class.forName(WORKFLOW + name + "Handler")).isNotNull());
  }

  @Test
  void everyErrorThatIsRetriedOrCaughtCanBeThrown() {
    Set<String> ours =
        definition.findValues("ErrorEquals").stream()
            .flatMap(names -> Stream.of(mapper.convertValue(names, String[].class)))
            .filter(name -> name.startsWith("dev.vams"))
            .collect(toSet());

    assertThat(ours)
        .isNotEmpty()
        .allSatisfy(name -> assertThat(Throwable.class).isAssignableFrom(Class.forName(name)));
  }

  @Test
  void everyStateSaysWhatItIsFor() {
    Map<String, JsonNode> states = states();

    assertThat(states).hasSizeGreaterThan(10);
    states.forEach(
        (name, state) -> assertThat(state.path("Comment").asText()).as(name).isNotBlank());
  }

  @Test
  void everyKindOfUnitThatIsChosenByIsOneThatWorkersWrite() {
    JacksonCodec codec = new JacksonCodec();
    Set<String> written =
        Stream.of(
                new Unit.KeyRange("id", "files", "", "", ""),
                new Unit.Segment("id", "notes", 0, 1),
                new Unit.ItemComparison("id", "notes", 0, 1))
            .map(unit -> new String(codec.encode(unit), StandardCharsets.UTF_8))
            .map(json -> json.replaceFirst(".*\"kind\":\"(\\w+)\".*", "$1"))
            .collect(toSet());

    assertThat(found("kind = '(\\w+)'")).isNotEmpty().isSubsetOf(written);
  }

  @Test
  void everySampleIsJson() throws IOException {
    Path samples = FOLDER.resolve("samples");
    if (Files.notExists(samples)) {
      return; // There is none to be wrong.
    }
    try (Stream<Path> files = Files.walk(samples)) {
      assertThat(files.filter(file -> file.toString().endsWith(".json")))
          .isNotEmpty()
          .allSatisfy(file -> assertThat(mapper.readTree(Files.readString(file))).isNotEmpty());
    }
  }

  private Set<String> found(String pattern) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .collect(toSet());
  }

  /** All states by name, those inside Maps too. */
  private Map<String, JsonNode> states() {
    Map<String, JsonNode> states = new LinkedHashMap<>();
    addStates(definition, states);
    return states;
  }

  private static void addStates(JsonNode machine, Map<String, JsonNode> states) {
    for (Map.Entry<String, JsonNode> state : machine.path("States").properties()) {
      states.put(state.getKey(), state.getValue());
      addStates(state.getValue().path("ItemProcessor"), states);
    }
  }
}
