package dev.vams.migration.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vams.migration.core.plan.AssumedRole;
import dev.vams.migration.core.plan.BucketPair;
import dev.vams.migration.core.plan.IfArchived;
import dev.vams.migration.core.plan.IfTargetNotEmpty;
import dev.vams.migration.core.plan.MigrationSchema;
import dev.vams.migration.core.plan.Mode;
import dev.vams.migration.core.plan.Options;
import dev.vams.migration.core.plan.Order;
import dev.vams.migration.core.plan.Rename;
import dev.vams.migration.core.plan.StackAccess;
import dev.vams.migration.core.plan.TablePair;
import dev.vams.migration.core.plan.Versions;
import dev.vams.migration.core.store.Encryption;
import dev.vams.migration.core.store.Restore;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SchemaWriterTest {

  private static final Optional<String> KEY =
      Optional.of("arn:aws:kms:eu-west-1:444455556666:key/2");

  private final SchemaReader reader = new SchemaReader(Set.of("us-east-1", "eu-west-1"));
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
                    List.of(new Rename("assetType", "type")))),
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
