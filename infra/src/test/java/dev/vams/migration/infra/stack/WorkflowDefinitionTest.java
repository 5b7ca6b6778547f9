package dev.vams.migration.infra.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkflowDefinitionTest {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");

  @TempDir static Path folder;

  private static MigrationTemplate template;
  private static JsonNode substitutions;
  private static String file;

  @BeforeAll
  static void synthesize() throws IOException {
    template = MigrationTemplate.synthesize(folder, Scopes.small());
    substitutions = template.properties("Workflow/StateMachine").path("DefinitionSubstitutions");
    file = Files.readString(MigrationTemplate.DEFINITION);
  }

  @Test
  void deploysTheDefinitionFileAsItIs() {
    assertThat(template.properties("Workflow/StateMachine").path("DefinitionString").asText())
        .isEqualTo(file);
  }

  @Test
  void substitutesEveryPlaceholderAndNothingElse() {
    Set<String> placeholders =
        PLACEHOLDER
            .matcher(file)
            .results()
            .map(match -> match.group(1))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(substitutions.fieldNames()).toIterable().hasSameElementsAs(placeholders);
  }

  @Test
  void givesADefinitionThatIsStillJson() throws IOException {
    String substituted = PLACEHOLDER.matcher(file).replaceAll("filled-in");

    assertThat(JsonMapper.builder().build().readTree(substituted).path("States")).isNotEmpty();
  }

  @Test
  void callsForEachTaskTheHandlerOfItsName() throws IOException {
    JsonNode definition = JsonMapper.builder().build().readTree(file);
    Map<String, String> handlers = new TreeMap<>();
    for (String name : definition.findValuesAsText("FunctionName")) {
      handlers.put(name, handler(name));
    }

    assertThat(handlers)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "${PlanFunctionArn}", "dev.vams.migration.workflow.PlanHandler",
                "${CopyPrefixFunctionArn}", "dev.vams.migration.workflow.CopyPrefixHandler",
                "${CopySegmentFunctionArn}", "dev.vams.migration.workflow.CopySegmentHandler",
                "${VerifyUnitFunctionArn}", "dev.vams.migration.workflow.VerifyUnitHandler",
                "${ReconcileFunctionArn}", "dev.vams.migration.workflow.ReconcileHandler",
                "${ConcludeFunctionArn}", "dev.vams.migration.workflow.ConcludeHandler"));
  }

  /**
   * The handler class of the function behind the alias that a function name of the definition
   * stands for.
   */
  private static String handler(String functionName) {
    String placeholder = functionName.substring(2, functionName.length() - 1);
    JsonNode alias = template.properties(path(substitutions.path(placeholder)));
    return template.properties(path(alias.path("FunctionName"))).path("Handler").asText();
  }

  private static String path(JsonNode reference) {
    String text = template.text(reference);
    return text.substring(2, text.length() - 1);
  }
}
