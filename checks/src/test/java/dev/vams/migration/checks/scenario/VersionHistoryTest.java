package dev.vams.migration.checks.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vams.migration.checks.scenario.SmallMigration.Size;
import dev.vams.migration.core.journal.Tally;
import dev.vams.migration.core.report.PairReport.Kind;
import dev.vams.migration.core.report.Report;
import dev.vams.migration.core.report.Verdict;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;

/**
 * All versions, by the local engine. S3Mock lists 1,000 versions of a bucket and forgets the
 * others, so there are fewer here.
 */
@ExtendWith(EmulatorExtension.class)
class VersionHistoryTest {
  private static final int KEYS = 150;
  private static final int MOST_VERSIONS = 6;

  @TempDir private Path workDirectory;

  private Emulator emulator;
  private SmallMigration migration;
  private LocalRun runs;
  private int versions;
  private int deleteMarkers;

  @BeforeEach
  void fill(Emulator shared) {
    emulator = shared;
    migration = SmallMigration.create(emulator, new Size(0, 0, 0));
    runs = new LocalRun(emulator, workDirectory);
    Random random = new Random(25);
    for (int key = 0; key < KEYS; key++) {
      boolean isDeleted = true;
      int entries = 1 + random.nextInt(MOST_VERSIONS);
      for (int entry = 0; entry < entries; entry++) {
        // S3Mock makes no delete marker of what is deleted.
        isDeleted = !isDeleted && random.nextInt(3) == 0;
        write(SmallMigration.key(key), isDeleted ? "" : "content " + random.nextInt(3));
      }
    }
  }

  @Test
  void historiesAreEqualAndASecondRunAddsNothing() {
    Report first = runs.run("first", migration.schema());

    assertThat(first.verdict()).isEqualTo(Verdict.VERIFIED);
    assertThat(first.total(Kind.BUCKET).copied()).isEqualTo(versions + deleteMarkers);
    assertThat(first.total(Kind.BUCKET).deleteMarkers()).isEqualTo(deleteMarkers);
    assertThat(histories(migration.targetBucket()))
        .hasSize(KEYS)
        .isEqualTo(histories(migration.sourceBucket()));
    Contents copied = migration.target();

    Report second = runs.run("second", migration.schema("ifTargetNotEmpty", "OVERWRITE"));

    assertThat(second.verdict()).isEqualTo(Verdict.VERIFIED);
    assertThat(second.total(Kind.BUCKET))
        .isEqualTo(new Tally(0, versions + deleteMarkers, 0, 0, 0));
    assertThat(migration.target()).isEqualTo(copied);
    assertThat(second.notes())
        .contains(
            "%s: %s versions and %s delete markers in the source, %s and %s in the target."
                .formatted(
                    SmallMigration.BUCKET, versions, deleteMarkers, versions, deleteMarkers));
  }

  @Test
  void currentVersionsAloneAreCopiedWhereTheSchemaSaysSo() {
    // S3Mock goes on listing an object that has a delete marker.
    for (int key = 0; key < KEYS; key++) {
      write(SmallMigration.key(key), "current");
    }
    migration.putObject(migration.targetBucket(), SmallMigration.key(0), "Current");
    ObjectNode schema = migration.schema("ifTargetNotEmpty", "OVERWRITE");
    ((ObjectNode) schema.path("VAMS_S3Bucket_Mapping").get(0)).put("versions", "CURRENT");

    Report report = runs.run("current", schema);

    assertThat(report.verdict()).isEqualTo(Verdict.VERIFIED);
    assertThat(report.total(Kind.BUCKET)).isEqualTo(new Tally(KEYS, 0, 0, 0, KEYS * 7L));
    assertThat(histories(migration.targetBucket()))
        .allSatisfy(
            (key, kept) -> assertThat(kept).hasSize(key.equals(SmallMigration.key(0)) ? 2 : 1));
  }

  @Test
  void mergeKeepsAnotherHistoryAndTheReportNamesIt() {
    migration.putObject(migration.targetBucket(), SmallMigration.key(0), "Content 0");
    int ofKey = histories(migration.sourceBucket()).get(SmallMigration.key(0)).size();

    Report report = runs.run("merge", migration.schema("ifTargetNotEmpty", "MERGE"));

    assertThat(report.verdict()).isEqualTo(Verdict.MISMATCH);
    assertThat(report.total(Kind.BUCKET).kept()).isEqualTo(ofKey);
    assertThat(report.mismatches())
        .hasSize(ofKey)
        .allMatch(mismatch -> mismatch.entry().equals(SmallMigration.key(0)));
    assertThat(histories(migration.targetBucket()).get(SmallMigration.key(0))).hasSize(1);
  }

  /** An empty content stands for a delete marker. */
  private void write(String key, String content) {
    if (content.isEmpty()) {
      emulator
          .s3()
          .deleteObject(request -> request.bucket(migration.sourceBucket()).key(key))
          .join();
      deleteMarkers++;
    } else {
      migration.putObject(migration.sourceBucket(), key, content);
      versions++;
    }
  }

  private record Entry(String content, Instant at) {}

  /** Sizes and ETags by key, oldest first; a delete marker has the time of what it deleted. */
  private Map<String, List<String>> histories(String bucket) {
    ListObjectVersionsResponse page =
        emulator.s3().listObjectVersions(request -> request.bucket(bucket)).join();
    Map<String, List<Entry>> entries = new TreeMap<>();
    page.versions()
        .forEach(
            version ->
                entries
                    .computeIfAbsent(version.key(), key -> new ArrayList<>())
                    .add(new Entry(version.size() + " " + version.eTag(), version.lastModified())));
    page.deleteMarkers()
        .forEach(
            marker ->
                entries
                    .computeIfAbsent(marker.key(), key -> new ArrayList<>())
                    .add(new Entry("deleted", marker.lastModified())));
    Map<String, List<String>> histories = new TreeMap<>();
    entries.forEach(
        (key, kept) ->
            histories.put(
                key,
                kept.stream()
                    .sorted(Comparator.comparing(Entry::at))
                    .map(Entry::content)
                    .toList()));
    return histories;
  }
}
