package dev.vams.migration.checks.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vams.migration.checks.scenario.SmallMigration.Size;
import dev.vams.migration.core.journal.Mismatch;
import dev.vams.migration.core.report.Report;
import dev.vams.migration.core.report.ReportText;
import dev.vams.migration.core.report.Verdict;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** One thing wrong at the target is enough, and the report names it. */
@ExtendWith(EmulatorExtension.class)
class MismatchTest {
  @TempDir Path workDirectory;

  private Emulator emulator;
  private SmallMigration migration;
  private LocalRun runs;

  @BeforeEach
  void migrate(Emulator shared) {
    emulator = shared;
    migration = SmallMigration.create(emulator, Size.SMALL);
    runs = new LocalRun(emulator, workDirectory);
    assertThat(runs.run("migrate", migration.schema()).verdict()).isEqualTo(Verdict.VERIFIED);
  }

  @Test
  void nothingIsWrongWhenNothingIsTouched() {
    assertThat(verify().verdict()).isEqualTo(Verdict.VERIFIED);
  }

  @Test
  void deletedObjectIsNamed() {
    migration.removeTargetObject("file-0011");

    assertFound(verify(), Mismatch.Kind.MISSING, SmallMigration.BUCKET, "file-0011");
  }

  @Test
  void objectWithOneOtherByteIsNamed() {
    migration.putObject(migration.targetBucket(), "file-0004", "content of file 5");

    // The target keeps versions, so it has one more than the source.
    assertFound(verify(), Mismatch.Kind.SURPLUS, SmallMigration.BUCKET, "file-0004");
  }

  @Test
  void removedItemIsNamed() {
    migration.removeTargetItem(12);

    assertFound(
        verify(), Mismatch.Kind.MISSING, SmallMigration.TABLE, "owner=owner-1, number=0012");
  }

  @Test
  void changedAttributeIsNamedWithItsItemButWithoutItsContent() {
    emulator
        .dynamoDb()
        .updateItem(
            request ->
                request
                    .tableName(migration.targetTable())
                    .key(SmallMigration.itemKey(29))
                    .updateExpression("SET writer = :writer")
                    .expressionAttributeValues(
                        Map.of(":writer", AttributeValue.fromS("confidential"))))
        .join();

    Report report = verify();

    assertFound(
        report, Mismatch.Kind.DIFFERENT, SmallMigration.TABLE, "owner=owner-2, number=0029");
    assertThat(report.mismatches().get(0).detail()).isEqualTo("attributes that differ: writer");
    assertThat(new ReportText(report).render()).doesNotContain("confidential", "author-29");
  }

  private Report verify() {
    return runs.run("verify", migration.schema("mode", "VERIFY"));
  }

  private static void assertFound(
      Report report, Mismatch.Kind kind, String descriptor, String entry) {
    assertThat(report.verdict()).isEqualTo(Verdict.MISMATCH);
    assertThat(report.mismatchCount()).isEqualTo(1);
    assertThat(report.mismatches())
        .singleElement()
        .satisfies(
            mismatch -> {
              assertThat(mismatch.kind()).isEqualTo(kind);
              assertThat(mismatch.descriptor()).isEqualTo(descriptor);
              assertThat(mismatch.entry()).isEqualTo(entry);
            });
    assertThat(new ReportText(report).render()).contains(entry);
  }
}
