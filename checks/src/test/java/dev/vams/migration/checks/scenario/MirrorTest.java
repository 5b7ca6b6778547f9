package dev.vams.migration.checks.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vams.migration.core.journal.Deletion;
import dev.vams.migration.core.journal.Tally;
import dev.vams.migration.core.report.PairReport.Kind;
import dev.vams.migration.core.report.Report;
import dev.vams.migration.core.report.Verdict;
import dev.vams.migration.local.sample.SampleMigration;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;

/**
 * A second pass that makes the target bucket hold what the source does, and nothing else. The
 * buckets keep no versions: S3Mock goes on listing an object that has only a delete marker.
 */
@ExtendWith(EmulatorExtension.class)
class MirrorTest {
  @TempDir Path workDirectory;

  private Emulator emulator;
  private String source;
  private String target;
  private LocalRun runs;

  @BeforeEach
  void migrateOnce(Emulator shared) {
    emulator = shared;
    String name = emulator.newName();
    source = name + "-a-files";
    target = name + "-b-files";
    runs = new LocalRun(emulator, workDirectory);
    for (String bucket : new String[] {source, target}) {
      emulator.s3().createBucket(request -> request.bucket(bucket)).join();
    }
    put(source, "gone");
    put(source, "stays");
    runs.run("first", schema());
    emulator.s3().deleteObject(request -> request.bucket(source).key("gone")).join();
    put(source, "new");
    put(target, "zz/own+1");
  }

  @Test
  void aDryRunListsWhatWouldBeDeletedAndDeletesNothing() {
    Report report = runs.run("dry", mirror("DRY_RUN"));

    assertThat(report.verdict()).isEqualTo(Verdict.PLANNED);
    assertThat(report.deletionCount()).isEqualTo(2);
    assertThat(report.deletions()).extracting(Deletion::entry).containsExactly("gone", "zz/own+1");
    assertThat(Contents.objects(emulator, target)).containsOnlyKeys("gone", "stays", "zz/own+1");
  }

  @Test
  void aRunDeletesItAndCopiesWhatIsNew() {
    Report report = runs.run("second", mirror("MIGRATE"));

    assertThat(report.verdict()).isEqualTo(Verdict.VERIFIED);
    assertThat(report.total(Kind.BUCKET)).isEqualTo(new Tally(1, 1, 0, 0, 3, 0, 0, 2, 0));
    assertThat(report.deletions()).hasSize(2);
    assertThat(Contents.objects(emulator, target)).isEqualTo(Contents.objects(emulator, source));
  }

  /** S3Mock lists deleted objects as if they were current, so all versions are looked at. */
  @Test
  void aTargetThatKeepsVersionsGetsADeleteMarkerOnce() {
    String name = emulator.newName();
    source = name + "-a-versions";
    target = name + "-b-versions";
    SmallMigration.createBucket(emulator, source);
    SmallMigration.createBucket(emulator, target);
    put(source, "stays");
    put(target, "zz/own+1");
    put(target, "zz/own+1");

    Report mirrored = runs.run("mirrored", mirror("MIGRATE"));
    Report again = runs.run("again", mirror("MIGRATE"));

    assertThat(mirrored.verdict()).isEqualTo(Verdict.VERIFIED);
    assertThat(mirrored.deletions()).extracting(Deletion::entry).containsExactly("zz/own+1");
    assertThat(again.verdict()).isEqualTo(Verdict.VERIFIED);
    assertThat(again.total(Kind.BUCKET)).isEqualTo(new Tally(0, 1, 0, 0, 0));
    assertThat(again.pairs()).allMatch(pair -> pair.comparison().extra() == 0);
    ListObjectVersionsResponse kept =
        emulator.s3().listObjectVersions(request -> request.bucket(target)).join();
    assertThat(kept.deleteMarkers()).hasSize(1);
    assertThat(kept.versions()).filteredOn(version -> version.key().equals("zz/own+1")).hasSize(2);
  }

  private void put(String bucket, String key) {
    emulator
        .s3()
        .putObject(request -> request.bucket(bucket).key(key), AsyncRequestBody.fromString(key))
        .join();
  }

  private ObjectNode schema() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    schema.put("regionFrom", SampleMigration.REGION).put("regionTo", SampleMigration.REGION);
    ObjectNode pair = schema.putArray("VAMS_S3Bucket_Mapping").addObject();
    pair.put("bucketDescriptor", "files");
    pair.putObject("buckets").put("from", source).put("to", target);
    return schema;
  }

  private ObjectNode mirror(String mode) {
    ObjectNode schema = schema();
    schema
        .putObject("options")
        .put("mode", mode)
        .put("ifTargetNotEmpty", "OVERWRITE")
        .put("deleteExtraneous", true);
    return schema;
  }
}
