package dev.vams.migration.checks.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vams.migration.checks.scenario.SmallMigration.Size;
import dev.vams.migration.core.plan.Problem;
import dev.vams.migration.core.plan.Versions;
import dev.vams.migration.core.report.Report;
import dev.vams.migration.core.report.Verdict;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
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

  @ParameterizedTest
  @EnumSource
  void failRefusesToStart(Versions versions) {
    Report report = runs.run("run", schema("FAIL", versions));

    assertThat(report.verdict()).isEqualTo(Verdict.REFUSED);
    assertThat(report.problems())
        .extracting(Problem::what)
        .containsExactly(
            "the source bucket '%s' has objects that cannot be read: 1 archived, the first is 'old' (GLACIER)%s"
                .formatted(
                    migration.sourceBucket(),
                    versions == Versions.ALL ? "; older versions were not looked at" : ""));
  }

  @ParameterizedTest
  @EnumSource
  void skipLeavesItAndTheVerdictSaysSo(Versions versions) {
    Report report = runs.run("run", schema("SKIP_AND_REPORT", versions));

    assertThat(report.verdict()).isEqualTo(Verdict.MISMATCH);
    assertThat(report.archived())
        .singleElement()
        .satisfies(
            left -> {
              assertThat(left.entry()).matches(entry(versions));
              assertThat(left.reason()).isEqualTo("GLACIER");
            });
    assertThat(report.mismatches())
        .singleElement()
        .satisfies(missing -> assertThat(missing.detail()).endsWith("; it is archived (GLACIER)"));
    assertThat(report.failureCount()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void whereNothingCanBeRestoredTheObjectFailsWithAdvice(Versions versions) {
    Report report = runs.run("run", schema("RESTORE", versions));

    assertThat(report.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(report.failures())
        .singleElement()
        .satisfies(
            failure -> {
              assertThat(failure.entry()).matches(entry(versions));
              assertThat(failure.error()).startsWith("not restored: ");
            });
  }

  private ObjectNode schema(String archived, Versions versions) {
    ObjectNode schema = migration.schema("archived", archived);
    ((ObjectNode) schema.path("VAMS_S3Bucket_Mapping").get(0)).put("versions", versions.name());
    return schema;
  }

  private static String entry(Versions versions) {
    return versions == Versions.ALL ? ARCHIVED + ", version .+" : ARCHIVED;
  }
}
