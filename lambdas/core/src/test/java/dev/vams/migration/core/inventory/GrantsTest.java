package dev.vams.migration.core.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.vams.migration.core.json.JacksonCodec;
import dev.vams.migration.core.plan.AssumedRole;
import dev.vams.migration.core.plan.BucketPair;
import dev.vams.migration.core.plan.IfArchived;
import dev.vams.migration.core.plan.IfTargetNotEmpty;
import dev.vams.migration.core.plan.MigrationSchema;
import dev.vams.migration.core.plan.Mode;
import dev.vams.migration.core.plan.Options;
import dev.vams.migration.core.plan.Order;
import dev.vams.migration.core.plan.Problem;
import dev.vams.migration.core.plan.StackAccess;
import dev.vams.migration.core.plan.TablePair;
import dev.vams.migration.core.store.Restore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

class GrantsTest {
  private static final String COMMAND = "npx cdk deploy -c schema=config/my-migration.json";
  private static final String READER = "arn:aws:iam::111122223333:role/reader";
  private static final String WRITER = "arn:aws:iam::444455556666:role/writer";
  private static final String BLUE_KEY = "arn:aws:kms:us-east-1:111122223333:key/1";
  private static final String GREEN_KEY = "arn:aws:kms:eu-west-1:444455556666:key/2";

  private static final Grants GRANTS =
      new Grants(
          COMMAND,
          Set.of("blue-assets"),
          Set.of("green-assets"),
          Set.of(),
          Set.of(),
          Set.of("us-east-1/blue-table"),
          Set.of("eu-west-1/green-table"),
          Set.of(),
          Set.of(),
          Set.of(READER, WRITER),
          Set.of(BLUE_KEY, GREEN_KEY));
  private static final Grants NOTHING =
      new Grants(
          COMMAND, Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(),
          Set.of(), Set.of());

  private static final MigrationSchema SCHEMA =
      new MigrationSchema(
          stack("us-east-1", READER, BLUE_KEY),
          stack("eu-west-1", WRITER, GREEN_KEY),
          List.of(new BucketPair("assets", "blue-assets", "green-assets")),
          List.of(new TablePair("table", "blue-table", "green-table", List.of())),
          Options.defaults(),
          "");

  @Test
  void syncingATableAndDeletingFromItAreGrantedByThemselves() {
    Options sync = new Options(Mode.MIGRATE, IfTargetNotEmpty.SYNC, Order.TOGETHER, 1);
    MigrationSchema schema =
        new MigrationSchema(SCHEMA.source(), SCHEMA.target(), List.of(), SCHEMA.tables(), sync, "");

    assertThat(GRANTS.missing(schema))
        .extracting(Problem::what)
        .containsExactly("the deployed workflow may not sync table 'eu-west-1/green-table'");
    assertThat(
            GRANTS.missing(
                new MigrationSchema(
                    SCHEMA.source(),
                    SCHEMA.target(),
                    List.of(),
                    SCHEMA.tables(),
                    sync.deletingExtraneous(),
                    "")))
        .extracting(Problem::what)
        .contains("the deployed workflow may not delete items of table 'eu-west-1/green-table'");
  }

  @Test
  void aSchemaThatWasDeployedLacksNothing() {
    assertThat(GRANTS.missing(SCHEMA)).isEmpty();
  }

  @Test
  void whatAnOptionNeedsIsAskedForWithTheOption() {
    Options options =
        new Options(Mode.MIGRATE, IfTargetNotEmpty.OVERWRITE, Order.TOGETHER, 1)
            .deletingExtraneous()
            .with(IfArchived.RESTORE, Restore.DEFAULT);

    assertThat(
            GRANTS.missing(
                new MigrationSchema(
                    SCHEMA.source(), SCHEMA.target(), SCHEMA.buckets(), List.of(), options, "")))
        .extracting(Problem::where, Problem::what)
        .containsExactly(
            missing(
                "$.VAMS_S3Bucket_Mapping[0].buckets.from",
                "restore objects of bucket 'blue-assets'"),
            missing("$.VAMS_S3Bucket_Mapping[0].buckets.to", "delete from bucket 'green-assets'"));
  }

  @Test
  void everyResourceThatWasNotDeployedIsNamedInTheOrderOfTheSchema() {
    assertThat(NOTHING.missing(SCHEMA))
        .extracting(Problem::where, Problem::what)
        .containsExactly(
            missing("$.roleArnFrom", "assume role '" + READER + "'"),
            missing("$.roleArnTo", "assume role '" + WRITER + "'"),
            missing("$.kmsKeyArnsFrom[0]", "use key '" + BLUE_KEY + "'"),
            missing("$.kmsKeyArnsTo[0]", "use key '" + GREEN_KEY + "'"),
            missing("$.VAMS_S3Bucket_Mapping[0].buckets.from", "read bucket 'blue-assets'"),
            missing("$.VAMS_S3Bucket_Mapping[0].buckets.to", "write to bucket 'green-assets'"),
            missing(
                "$.VAMS_DynamoDBTable_Mapping[0].tables.from", "read table 'us-east-1/blue-table'"),
            missing(
                "$.VAMS_DynamoDBTable_Mapping[0].tables.to",
                "write to table 'eu-west-1/green-table'"));
  }

  @Test
  void whoeverMayDeployIsToldHow() {
    assertThat(NOTHING.missing(SCHEMA))
        .allSatisfy(
            problem -> {
              assertThat(problem.kind()).isEqualTo(Problem.Kind.ACCESS);
              assertThat(problem.remedy())
                  .isEqualTo(
                      "Deploy again, with this schema among those of the last deployment: "
                          + COMMAND
                          + ",<the file of this schema>");
            });
  }

  @Test
  void readingIsNoPermissionToWriteAndOneRegionIsNotAnother() {
    MigrationSchema turnedRound =
        new MigrationSchema(
            "us-east-1",
            "us-east-1",
            List.of(new BucketPair("assets", "green-assets", "blue-assets")),
            List.of(new TablePair("table", "blue-table", "green-table", List.of())),
            Options.defaults(),
            "");

    assertThat(GRANTS.missing(turnedRound))
        .extracting(Problem::what)
        .containsExactly(
            "the deployed workflow may not read bucket 'green-assets'",
            "the deployed workflow may not write to bucket 'blue-assets'",
            "the deployed workflow may not write to table 'us-east-1/green-table'");
  }

  @Test
  void aResourceThatIsNamedTwiceIsOneProblem() {
    MigrationSchema twice =
        new MigrationSchema(
            stack("us-east-1", READER, BLUE_KEY),
            stack("us-east-1", READER, BLUE_KEY),
            List.of(
                new BucketPair("one", "blue-assets", "green-one"),
                new BucketPair("two", "blue-assets", "green-two")),
            List.of(),
            Options.defaults(),
            "");

    assertThat(NOTHING.missing(twice))
        .extracting(Problem::where)
        .containsExactly(
            "$.roleArnFrom",
            "$.kmsKeyArnsFrom[0]",
            "$.VAMS_S3Bucket_Mapping[0].buckets.from",
            "$.VAMS_S3Bucket_Mapping[0].buckets.to",
            "$.VAMS_S3Bucket_Mapping[1].buckets.to");
  }

  @Test
  void theFileOfADeploymentIsRead() {
    String file =
        """
        {
          "deployCommand": "%s",
          "readBuckets": ["blue-assets"],
          "writeBuckets": ["green-assets"],
          "deleteBuckets": [],
          "restoreBuckets": [],
          "readTables": ["us-east-1/blue-table"],
          "writeTables": ["eu-west-1/green-table"],
          "syncTables": [],
          "mirrorTables": [],
          "roles": ["%s", "%s"],
          "keys": ["%s", "%s"]
        }
        """
            .formatted(COMMAND, READER, WRITER, BLUE_KEY, GREEN_KEY);

    assertThat(new JacksonCodec().decode(file.getBytes(StandardCharsets.UTF_8), Grants.class))
        .isEqualTo(GRANTS);
  }

  private static Tuple missing(String place, String use) {
    return tuple(place, "the deployed workflow may not " + use);
  }

  private static StackAccess stack(String region, String role, String key) {
    return new StackAccess(region, Optional.of(new AssumedRole(role, "vams-1")), List.of(key));
  }
}
