package dev.vams.migration.infra.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vams.migration.infra.settings.MigrationSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every statement of every policy in the templates of the examples. */
class StatementsTest {
  private static final Path EXAMPLES = Path.of("../config/examples");
  private static final Path TABLES = Path.of("src/test/resources/statements");

  /** What else may be granted on everything, by the first action, because IAM knows no less. */
  private static final Map<String, String> ON_EVERYTHING =
      Map.of(
          "xray:PutTelemetryRecords", "X-Ray's actions know no resources",
          "logs:CreateLogDelivery", "log delivery's and X-Ray's actions know no resources");

  /**
   * A name, an ARN with everything spelled out, or one that ends in what is in a bucket, or is an
   * execution of the state machine: both have names that nobody knows before.
   */
  private static final Pattern SCOPED =
      Pattern.compile(
          "[^*]+|arn:aws:s3:::[^*]+/\\*|\\$\\{WorkBucket/Bucket\\.Arn}/\\*"
              + "|arn:aws:states:[^*]+:execution:\\$\\{Workflow/StateMachine\\.Name}[:/]\\*");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"vams-2.1-same-region", "vams-2.1-cross-region", "s3-only"})
  void areThoseOfTheTable(String example) throws IOException {
    String table = StatementTable.render(synthesize(example));
    Path file = TABLES.resolve(example + ".md");
    if (Boolean.getBoolean("writeStatements")) {
      Files.writeString(file, table);
    }

    assertThat(table)
        .as("to accept the new statements, run ./mvnw -pl infra test -DwriteStatements=true")
        .isEqualTo(Files.readString(file));
  }

  @Test
  void allowNothingWithAStarButWhatCannotBeNarrower() throws IOException {
    List<PolicyEntry> entries =
        MigrationTemplate.synthesize(
                folder,
                SettingsBuilder.of(
                        Scopes.small(), Scopes.encrypted(Scopes.OLD_ROLE, Scopes.NEW_ROLE))
                    .workBucketKeyArn(Scopes.NEW_KEY)
                    .schemaBuckets("schemas"))
            .entries();

    assertThat(entries).hasSizeGreaterThan(40);
    assertThat(entries)
        .filteredOn(entry -> entry.effect().equals("Allow") && !isOfItsKey(entry))
        .allSatisfy(
            entry -> {
              Statement statement = entry.statement();
              assertThat(statement.actions()).noneMatch(action -> action.contains("*"));
              if (!ON_EVERYTHING.containsKey(statement.actions().get(0))) {
                assertThat(statement.resources()).allMatch(SCOPED.asMatchPredicate());
              }
            });
  }

  @Test
  void trustNobodyOutsideTheAccount() throws IOException {
    assertThat(MigrationTemplate.synthesize(folder, Scopes.small()).entries())
        .filteredOn(entry -> entry.effect().equals("Allow"))
        .flatExtracting(PolicyEntry::principals)
        .containsOnly(
            "lambda.amazonaws.com",
            "states.amazonaws.com",
            "cloudwatch.amazonaws.com",
            "events.amazonaws.com",
            "arn:aws:iam::${AWS::AccountId}:root");
  }

  /** The policy of a key speaks of the key alone, and its account must be able to change it. */
  private static boolean isOfItsKey(PolicyEntry entry) {
    return entry.holder().equals("Notifications/Key")
        && entry.statement().resources().equals(List.of("*"));
  }

  private MigrationTemplate synthesize(String example) throws IOException {
    Map<String, Object> context = new HashMap<>();
    context.put("schema", EXAMPLES.resolve(example + ".json").toString());
    context.put("definition", MigrationTemplate.DEFINITION.toString());
    context.put(
        "workflowJar", Files.writeString(folder.resolve("workflow.jar"), "no class").toString());
    return MigrationTemplate.synthesize(folder, MigrationSettings.from(context::get));
  }
}
