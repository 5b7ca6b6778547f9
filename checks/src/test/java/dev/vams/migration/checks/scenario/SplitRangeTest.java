package dev.vams.migration.checks.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vams.migration.checks.scenario.Contents.Version;
import dev.vams.migration.checks.scenario.SmallMigration.Size;
import dev.vams.migration.core.inventory.SplitLimits;
import dev.vams.migration.core.journal.CopiedVersion;
import dev.vams.migration.core.journal.Journal;
import dev.vams.migration.core.journal.SortedVersionMap;
import dev.vams.migration.core.journal.Split;
import dev.vams.migration.core.journal.Tally;
import dev.vams.migration.core.journal.VersionMap;
import dev.vams.migration.core.json.JacksonCodec;
import dev.vams.migration.core.plan.Unit;
import dev.vams.migration.core.plan.Unit.KeyRange;
import dev.vams.migration.core.report.PairReport.Kind;
import dev.vams.migration.core.report.Report;
import dev.vams.migration.core.report.Verdict;
import dev.vams.migration.core.transfer.TransferLimits;
import dev.vams.migration.core.transfer.TransferListener;
import dev.vams.migration.core.verify.Reconciler;
import dev.vams.migration.local.asl.ExecutionListener;
import dev.vams.migration.local.asl.ExecutionResult;
import dev.vams.migration.local.engine.DirectoryWorkStore;
import dev.vams.migration.local.engine.LocalEngine;
import dev.vams.migration.workflow.WorkListener;
import dev.vams.migration.workflow.WorkflowWiring;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A range that one worker does not finish is copied in shares, by the local engine. */
@ExtendWith(EmulatorExtension.class)
class SplitRangeTest {
  private static final Size SIZE = new Size(200, 6, 20);

  /** 20 keys are far more than planned; they are looked at ten at a time. */
  private static final TransferLimits EAGER =
      TransferLimits.DEFAULT.withSplits(new SplitLimits(0.01, 4, 100, 10, 20));

  @TempDir Path workDirectory;

  private Emulator emulator;
  private SmallMigration migration;
  private LocalRun runs;
  private final Queue<String> states = new ConcurrentLinkedQueue<>();

  @BeforeEach
  void createStacks(Emulator shared) {
    emulator = shared;
    migration = SmallMigration.create(emulator, SIZE);
    runs = new LocalRun(emulator, workDirectory).with(EAGER);
  }

  @Test
  void allVersionsAreCopiedOnceAndTheVersionMapIsWholeAndInOrder() {
    for (int key = 0; key < SIZE.objects(); key += 2) {
      migration.putObject(
          migration.sourceBucket(), SmallMigration.key(key), "second content of " + key);
    }
    int versions = SIZE.objects() * 3 / 2;
    Clock clock = new Clock();

    Report report = run("run", migration.schema(), clock.lateAfter(60), clock);

    assertThat(report.verdict()).isEqualTo(Verdict.VERIFIED);
    Tally tally = report.total(Kind.BUCKET);
    assertThat(tally.copied() + tally.skipped()).isEqualTo(versions);
    assertThat(report.notes()).noneMatch(note -> note.contains("changed between copy and"));
    assertThat(Collections.frequency(states, "CopyShares")).isEqualTo(1);
    assertThat(Collections.frequency(states, "ShareCopied")).isEqualTo(4);
    assertThat(Collections.frequency(states, "Copied")).isEqualTo(2);
    assertTargetHasEveryVersionOnce();
    assertThat(mappedKeys()).hasSize(versions).isSorted();
  }

  @Test
  void aRunThatIsStoppedBetweenSharesIsContinuedByAnother() {
    ObjectNode schema = migration.schema();
    ((ObjectNode) schema.path("VAMS_S3Bucket_Mapping").get(0)).put("versions", "CURRENT");
    Clock clock = new Clock();

    assertThat(runUntilShareHas(10, schema, clock)).isInstanceOf(ExecutionResult.Aborted.class);
    Split split = journal("first").split("bucket-00-files-0000").orElseThrow();
    assertThat(journal("first").done("bucket-00-files-0000")).isEmpty();
    states.clear();
    schema.put("retryOf", "first");

    Report report = run("second", schema, WorkListener.DEAF, InstantSource.system());

    assertThat(report.verdict()).isEqualTo(Verdict.VERIFIED);
    Tally tally = report.total(Kind.BUCKET);
    assertThat(tally.copied() + tally.skipped()).isEqualTo(SIZE.objects());
    assertThat(tally.skipped()).as("what shares of the first run have copied").isPositive();
    assertThat(Collections.frequency(states, "CopyShares")).isEqualTo(1);
    assertThat(journal("second").split("bucket-00-files-0000")).contains(split);
    assertThat(Contents.objects(emulator, migration.targetBucket()))
        .isEqualTo(Contents.objects(emulator, migration.sourceBucket()));
    assertThat(Contents.versions(emulator, migration.targetBucket()).values())
        .allMatch(kept -> kept.size() == 1);
  }

  private Report run(String name, ObjectNode schema, WorkListener listener, InstantSource clock) {
    return runs.run(name, schema, LocalEngine.LAMBDA_TIME, listener, new Entered(), clock);
  }

  /** Stops the run as an interrupt of the command line does. */
  private ExecutionResult runUntilShareHas(int entries, ObjectNode schema, Clock clock) {
    Thread engine = Thread.currentThread();
    AtomicInteger left = new AtomicInteger(entries);
    WorkListener late = clock.lateAfter(60);
    WorkListener listener =
        new Heard(
            (unit, change) -> {
              late.advanced(unit, change);
              if (unit instanceof KeyRange range
                  && range.isShare()
                  && left.decrementAndGet() == 0) {
                engine.interrupt();
              }
            });
    try (WorkflowWiring wiring = runs.wiring(listener)) {
      ExecutionResult result =
          new LocalEngine(wiring, 4, LocalEngine.LAMBDA_TIME, clock)
              .run("first", schema, new Entered());
      assertThat(Thread.interrupted()).isTrue();
      return result;
    }
  }

  private Journal journal(String run) {
    return new Journal(new DirectoryWorkStore(workDirectory), new JacksonCodec(), run);
  }

  /** Each version is at the target, and the version map says as which. */
  private void assertTargetHasEveryVersionOnce() {
    VersionMap map = new SortedVersionMap(journal("run"), Reconciler.VERIFY_PHASE);
    Map<String, List<Version>> target = Contents.versions(emulator, migration.targetBucket());
    Contents.versions(emulator, migration.sourceBucket())
        .forEach(
            (key, versions) -> {
              assertThat(target.get(key)).as(key).hasSameSizeAs(versions);
              for (Version version : versions) {
                String copy =
                    map.newVersionId(SmallMigration.BUCKET, key, version.id()).orElseThrow();
                assertThat(target.get(key))
                    .filteredOn(candidate -> candidate.id().equals(copy))
                    .extracting(Version::etag)
                    .containsExactly(version.etag());
              }
            });
  }

  /** The keys of the version map's files as they are listed, once for each version. */
  private List<String> mappedKeys() {
    DirectoryWorkStore store = new DirectoryWorkStore(workDirectory);
    JacksonCodec codec = new JacksonCodec();
    return store.list("runs/run/versions/").stream()
        .flatMap(file -> new String(store.get(file).orElseThrow(), StandardCharsets.UTF_8).lines())
        .map(line -> line.getBytes(StandardCharsets.UTF_8))
        .map(line -> codec.decode(line, CopiedVersion.class).key())
        .toList();
  }

  /** Stands still until a worker's time is to be up. */
  private static final class Clock implements InstantSource {
    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    /** Lets it be too late for the workers of that moment once so many objects are settled. */
    WorkListener lateAfter(int objects) {
      AtomicInteger left = new AtomicInteger(objects);
      return new Heard(
          (unit, change) -> {
            if (unit instanceof KeyRange && left.decrementAndGet() == 0) {
              now = now.plus(Duration.ofMinutes(13));
            }
          });
    }
  }

  private record Heard(TransferListener of) implements WorkListener {
    @Override
    public void advanced(Unit unit, Tally change) {
      of.advanced(unit, change);
    }

    @Override
    public void compared(Unit unit, long entries, long bytes) {}
  }

  private final class Entered implements ExecutionListener {
    @Override
    public void stateEntered(String executionName, String stateName) {
      states.add(stateName);
    }
  }
}
