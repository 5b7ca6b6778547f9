package dev.vams.migration.checks.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vams.migration.checks.scenario.SmallMigration.Size;
import dev.vams.migration.core.journal.Tally;
import dev.vams.migration.core.plan.Problem;
import dev.vams.migration.core.report.PairReport.Kind;
import dev.vams.migration.core.report.Report;
import dev.vams.migration.core.report.Verdict;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What the modes and policies do with data that the target has already. */
@ExtendWith(EmulatorExtension.class)
class PolicyTest {
  @TempDir Path workDirectory;

  private Emulator emulator;
  private SmallMigration migration;
  private LocalRun runs;

  @BeforeEach
  void createStacks(Emulator shared) {
    emulator = shared;
    migration = SmallMigration.create(emulator, Size.SMALL);
    runs = new LocalRun(emulator, workDirectory);
  }

  @Test
  void failRefusesATargetThatIsNotEmptyAndWritesNothing() {
    migration.putObject(migration.targetBucket(), "own", "own");
    migration.putItem(migration.targetTable(), 7, Map.of("text", AttributeValue.fromS("own")));
    Contents before = migration.target();

    Report report = runs.run("run", migration.schema());

    assertThat(report.verdict()).isEqualTo(Verdict.REFUSED);
    assertThat(report.problems())
        .extracting(Problem::what)
        .containsExactly(
            "the target bucket '%s' is not empty".formatted(migration.targetBucket()),
            "the target table '%s' is not empty".formatted(migration.targetTable()));
    assertThat(migration.target()).isEqualTo(before);
  }

  @Test
  void dryRunWritesNothing() {
    Contents before = migration.target();

    Report report = runs.run("run", migration.schema("mode", "DRY_RUN"));

    assertThat(report.verdict()).isEqualTo(Verdict.PLANNED);
    assertThat(migration.target()).isEqualTo(before);
  }

  @Test
  void overwriteRepairsWhatWasTamperedWith() {
    runs.run("first", migration.schema());
    tamper();

    Report report = runs.run("second", migration.schema("ifTargetNotEmpty", "OVERWRITE"));

    assertThat(report.verdict()).isEqualTo(Verdict.VERIFIED);
    assertThat(report.total(Kind.BUCKET).copied()).isEqualTo(2);
    assertThat(report.total(Kind.BUCKET).skipped()).isEqualTo(Size.SMALL.objects() - 2);
    assertThat(Contents.objects(emulator, migration.targetBucket()))
        .isEqualTo(Contents.objects(emulator, migration.sourceBucket()));
    ObjectNode verify = migration.schema("ifTargetNotEmpty", "OVERWRITE");
    ((ObjectNode) verify.path("options")).put("mode", "VERIFY");
    assertThat(runs.run("third", verify).verdict()).isEqualTo(Verdict.VERIFIED);
  }

  @Test
  void mergeAddsWhatIsMissingKeepsWhatDiffersAndSaysSo() {
    runs.run("first", migration.schema());
    tamper();

    Report report = runs.run("second", migration.schema("ifTargetNotEmpty", "MERGE"));

    assertThat(report.verdict()).isEqualTo(Verdict.MISMATCH);
    Tally objects = report.total(Kind.BUCKET);
    assertThat(objects.copied()).isEqualTo(1);
    // All that the source has of the key is there, below what was written over it.
    assertThat(objects.skipped()).isEqualTo(Size.SMALL.objects() - 1);
    assertThat(objects.kept()).isZero();
    assertThat(report.total(Kind.TABLE).copied()).isEqualTo(1);
    assertThat(report.mismatches())
        .extracting(mismatch -> mismatch.kind() + " " + mismatch.entry())
        .containsExactlyInAnyOrder("SURPLUS file-0005", "DIFFERENT owner=owner-0, number=0005");
  }

  @Test
  void whatOnlyTheTargetHasIsCountedAndLeft() {
    migration.putObject(migration.targetBucket(), "own", "own");
    migration.putItem(migration.targetTable(), 900, Map.of("text", AttributeValue.fromS("own")));

    Report report = runs.run("run", migration.schema("ifTargetNotEmpty", "MERGE"));

    assertThat(report.verdict()).isEqualTo(Verdict.VERIFIED);
    assertThat(report.pairs()).allMatch(pair -> pair.comparison().extra() == 1);
    assertThat(Contents.objects(emulator, migration.targetBucket()))
        .hasSize(Size.SMALL.objects() + 1)
        .containsKey("own");
    assertThat(Contents.items(emulator, migration.targetTable())).hasSize(Size.SMALL.items() + 1);
  }

  /** An object and an item are gone, an object and an item have other content. */
  private void tamper() {
    migration.removeTargetObject("file-0003");
    migration.putObject(migration.targetBucket(), "file-0005", "Content of file 5");
    migration.removeTargetItem(3);
    migration.putItem(migration.targetTable(), 5, Map.of("text", AttributeValue.fromS("other")));
  }
}
