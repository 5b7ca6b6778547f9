package dev.vams.migration.checks.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.vams.migration.checks.scenario.SmallMigration.Size;
import dev.vams.migration.core.journal.Failure;
import dev.vams.migration.core.journal.LeftArchived;
import dev.vams.migration.core.plan.Problem;
import dev.vams.migration.core.report.Report;
import dev.vams.migration.core.report.Verdict;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.model.StorageClass;

/**
 * An object that is archived, as the listing says. S3Mock archives nothing and restores nothing:
 * what waits and is copied in the end is seen in the tests of the core.
 */
@ExtendWith(EmulatorExtension.class)
class ArchivedTest {
  private static final String ARCHIVED = "old";

  @TempDir Path workDirectory;

  private SmallMigration migration;
  private LocalRun runs;

  @BeforeEach
  void createStacks(Emulator emulator) {
    migration = SmallMigration.create(emulator, new Size(3, 1, 20));
    runs = new LocalRun(emulator, workDirectory);
    emulator
        .s3()
        .putObject(
            request ->
                request
                    .bucket(migration.sourceBucket())
                    .key(ARCHIVED)
                    .storageClass(StorageClass.GLACIER),
            AsyncRequestBody.fromString("x"))
        .join();
  }

  @Test
  void failRefusesToStart() {
    Report report = runs.run("run", migration.schema());

    assertThat(report.verdict()).isEqualTo(Verdict.REFUSED);
    assertThat(report.problems())
        .extracting(Problem::what)
        .containsExactly(
            "the source bucket '%s' has objects that cannot be read: 1 archived, the first is 'old' (GLACIER)"
                .formatted(migration.sourceBucket()));
  }

  @Test
  void skipLeavesItAndTheVerdictSaysSo() {
    Report report = runs.run("run", migration.schema("archived", "SKIP_AND_REPORT"));

    assertThat(report.verdict()).isEqualTo(Verdict.MISMATCH);
    assertThat(report.archived())
        .extracting(LeftArchived::entry, LeftArchived::storageClass)
        .containsExactly(tuple(ARCHIVED, "GLACIER"));
    assertThat(report.mismatches())
        .singleElement()
        .satisfies(
            missing ->
                assertThat(missing.detail())
                    .isEqualTo("the target has no such object; it is archived (GLACIER)"));
    assertThat(report.failureCount()).isZero();
  }

  @Test
  void whereNothingCanBeRestoredTheObjectFailsWithAdvice() {
    Report report = runs.run("run", migration.schema("archived", "RESTORE"));

    assertThat(report.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(report.failures()).singleElement().extracting(Failure::entry).isEqualTo(ARCHIVED);
    assertThat(report.failures().get(0).error()).startsWith("not restored: ");
  }
}
