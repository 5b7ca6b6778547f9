package dev.vams.migration.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vams.migration.core.plan.AssumedRole;
import dev.vams.migration.core.plan.AttributePath;
import dev.vams.migration.core.plan.AttributePath.Step;
import dev.vams.migration.core.plan.BucketPair;
import dev.vams.migration.core.plan.IfArchived;
import dev.vams.migration.core.plan.IfTargetNotEmpty;
import dev.vams.migration.core.plan.MigrationSchema;
import dev.vams.migration.core.plan.Mode;
import dev.vams.migration.core.plan.Operation;
import dev.vams.migration.core.plan.Operation.ReplaceValue.Match;
import dev.vams.migration.core.plan.Options;
import dev.vams.migration.core.plan.Order;
import dev.vams.migration.core.plan.Rename;
import dev.vams.migration.core.plan.StackAccess;
import dev.vams.migration.core.plan.TablePair;
import dev.vams.migration.core.plan.UnitCeiling;
import dev.vams.migration.core.plan.Versions;
import dev.vams.migration.core.store.Encryption;
import dev.vams.migration.core.store.Restore;
import dev.vams.migration.core.store.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SchemaWriterTest {

  private static final Optional<String> KEY =
      Optional.of("arn:aws:kms:eu-west-1:444455556666:key/2");

  private final SchemaReader reader = new SchemaReader(Set.of("us-east-1", "eu-west-1"));
  private static final Value ALL_TYPES =
      new Value.MapOf(
          Map.of(
              "S", new Value.Text(""),
              "N", new Value.Numeric("-1.50"),
              "B", new Value.Binary(new byte[] {0, -1}),
              "BOOL", new Value.Flag(false),
              "NULL", new Value.Null(),
              "SS", new Value.TextSet(Set.of("a", "b")),
              "NS", new Value.NumericSet(Set.of("1", "2")),
              "BS", new Value.BinarySet(Set.of(new Value.Binary(new byte[] {1}))),
              "L", new Value.ListOf(List.of(new Value.Text("x"), new Value.ListOf(List.of()))),
              "M", new Value.MapOf(Map.of())));

  private final SchemaWriter writer = new SchemaWriter();

  @Test
  void whatIsWrittenReadsBackAsTheSameSchema() {
    MigrationSchema schema =
        new MigrationSchema(
            new StackAccess(
                "us-east-1",
                Optional.of(new AssumedRole("arn:aws:iam::111122223333:role/reader", "vams-1")),
                List.of("arn:aws:kms:us-east-1:111122223333:key/1")),
            new StackAccess(
                "eu-west-1",
                Optional.of(new AssumedRole("arn:aws:iam::444455556666:role/writer", "vams-1")),
                List.of(
                    "arn:aws:kms:eu-west-1:444455556666:key/2",
                    "arn:aws:kms:eu-west-1:444455556666:key/3")),
            List.of(
                new BucketPair("assetStorageBucket", "blue-assets", "green-assets"),
                new BucketPair(
                    "artefactsBucket",
                    "blue-artefacts",
                    "green-artefacts",
                    Optional.empty(),
                    Optional.of(Versions.CURRENT)),
                encrypted("managed", Encryption.S3_MANAGED),
                encrypted("key", new Encryption(Encryption.Type.SSE_KMS, KEY, false)),
                encrypted("layers", new Encryption(Encryption.Type.DSSE_KMS, KEY, false))),
            List.of(
                new TablePair(
                    "assetStorageTable",
                    "blue-AssetTable",
                    "green-AssetTable",
                    List.of(new Rename("assetType", "type"))),
                new TablePair(
                    "auditTable",
                    "blue-audit",
                    "green-audit",
                    List.of(),
                    List.of(
                        new Operation.Rename(path("info", 0, "a.b"), "c"),
                        new Operation.Drop(path("*")),
                        new Operation.SetValue(path("tags"), ALL_TYPES),
                        new Operation.Copy(path("info", 0, "c"), path("d")),
                        new Operation.ReplaceValue(
                            new AttributePath(List.of(new Step.Name("files"), new Step.Each())),
                            "blue",
                            "green",
                            Match.PREFIX)),
                    Optional.of(IfTargetNotEmpty.SYNC),
                    Optional.of(new UnitCeiling(500, UnitCeiling.Scale.UNITS)),
                    Optional.of(new UnitCeiling(50, UnitCeiling.Scale.PERCENT)))),
            new Options(
                Mode.VERIFY,
                IfTargetNotEmpty.MERGE,
                Order.BUCKETS_FIRST,
                7,
                Optional.of(100),
                true,
                IfArchived.RESTORE,
                new Restore(Restore.Tier.BULK, 3)),
            "green-1");

    assertThat(reader.read(writer.write(schema))).isEqualTo(new ValidSchema(schema));
    assertThat(reader.read(writer.write(schema).toString())).isEqualTo(new ValidSchema(schema));
  }

  private static AttributePath path(Object... steps) {
    return new AttributePath(
        Arrays.stream(steps)
            .<Step>map(
                step ->
                    step instanceof Integer index
                        ? new Step.Index(index)
                        : new Step.Name((String) step))
            .toList());
  }

  private static BucketPair encrypted(String name, Encryption encryption) {
    return new BucketPair(name, "blue-" + name, "green-" + name, Optional.of(encryption));
  }

  @Test
  void defaultsAreWrittenOutAndWhatIsNotThereIsLeftOut() {
    MigrationSchema schema =
        new MigrationSchema(
            "us-east-1",
            "us-east-1",
            List.of(new BucketPair("assetStorageBucket", "blue-assets", "green-assets")),
            List.of(),
            Options.defaults(),
            "");

    assertThat(writer.write(schema))
        .isEqualTo(
            SchemaText.tree(
                """
                {
                  "regionFrom": "us-east-1",
                  "regionTo": "us-east-1",
                  "VAMS_S3Bucket_Mapping": [
                    {
                      "bucketDescriptor": "assetStorageBucket",
                      "buckets": {"from": "blue-assets", "to": "green-assets"}
                    }
                  ],
                  "VAMS_DynamoDBTable_Mapping": [],
                  "options": {
                    "mode": "MIGRATE",
                    "ifTargetNotEmpty": "FAIL",
                    "order": "TOGETHER",
                    "maxConcurrency": 40,
                    "deleteExtraneous": false,
                    "archived": "FAIL"
                  }
                }
                """));
  }
}
