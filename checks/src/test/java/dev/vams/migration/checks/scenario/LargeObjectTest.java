package dev.vams.migration.checks.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vams.migration.core.journal.NotCarried;
import dev.vams.migration.core.journal.Tally;
import dev.vams.migration.core.report.PairReport.Kind;
import dev.vams.migration.core.report.Report;
import dev.vams.migration.core.report.Verdict;
import dev.vams.migration.core.transfer.TransferLimits;
import dev.vams.migration.local.asl.ExecutionListener;
import dev.vams.migration.local.sample.SampleMigration;
import dev.vams.migration.workflow.WorkListener;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.ObjectLockLegalHoldStatus;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;
import software.amazon.awssdk.services.s3.model.Tag;

/**
 * Objects that are copied in parts, and what copies do not carry by themselves. Objects over 1 MiB
 * count as large here, and parts have 5 MiB, the least that S3 allows.
 */
@ExtendWith(EmulatorExtension.class)
class LargeObjectTest {
  private static final int MEBIBYTE = 1 << 20;
  private static final TransferLimits LIMITS =
      TransferLimits.DEFAULT.withSizes(MEBIBYTE, 5 * MEBIBYTE);

  /** Less than a worker keeps in reserve, so each worker does the least that it can. */
  private static final Duration ONE_STEP = Duration.ofMinutes(1);

  private Emulator emulator;
  private String name;
  private LocalRun runs;

  @BeforeEach
  void createStacks(Emulator shared) {
    emulator = shared;
    name = emulator.newName();
    String work = name + "-work";
    emulator.s3().createBucket(request -> request.bucket(work)).join();
    createBucket(source());
    createBucket(target());
    runs = LocalRun.inBucket(emulator, work).with(LIMITS);
  }

  @Test
  void aLargeObjectGoesOnFromWorkerToWorkerAndHasAllThatASmallOneHas() {
    byte[] large = bytes(12 * MEBIBYTE);
    put("large", large);
    put("small", bytes(10));

    Report report =
        runs.run("run", schema(), ONE_STEP, WorkListener.DEAF, new ExecutionListener() {});

    assertThat(report.verdict()).isEqualTo(Verdict.VERIFIED);
    assertThat(report.total(Kind.BUCKET)).isEqualTo(new Tally(2, 0, 0, 0, large.length + 10L));
    assertThat(head("large").eTag()).endsWith("-3\"");
    assertThat(content("large")).isEqualTo(large);
    for (String key : new String[] {"large", "small"}) {
      assertThat(head(key).metadata()).containsEntry("assetid", "x1");
      assertThat(head(key).contentType()).isEqualTo("model/e57");
      assertThat(head(key).cacheControl()).isEqualTo("no-cache");
      assertThat(tag(key)).isEqualTo("blue");
    }
  }

  @Test
  void locksAreGivenToTheCopiesAndGrantsAreReported() {
    put("large", bytes(2 * MEBIBYTE));
    put("small", bytes(10));
    for (String key : new String[] {"large", "small"}) {
      lock(key);
      emulator
          .s3()
          .putObjectAcl(
              request -> request.bucket(source()).key(key).acl(ObjectCannedACL.PUBLIC_READ))
          .join();
    }

    Report report = runs.run("run", schema());

    // S3Mock forgets the locks that a copy is given; that they are given, the operations audit
    // sees.
    assertThat(report.verdict()).isEqualTo(Verdict.VERIFIED);
    assertThat(report.notCarriedCount()).isEqualTo(2);
    assertThat(report.notCarried())
        .extracting(NotCarried::entry, NotCarried::what)
        .containsExactlyInAnyOrder(
            tuple("large", "ACL: READ to http://acs.amazonaws.com/groups/global/AllUsers"),
            tuple("small", "ACL: READ to http://acs.amazonaws.com/groups/global/AllUsers"));
  }

  /** S3Mock, as S3, takes no parts below 5 MiB. */
  @Test
  void theUploadOfAnObjectThatCannotBeCopiedIsAborted() {
    put("large", bytes(2 * MEBIBYTE));
    put("small", bytes(10));

    Report report =
        runs.with(TransferLimits.DEFAULT.withSizes(MEBIBYTE, MEBIBYTE)).run("run", schema());

    assertThat(report.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(report.failures())
        .singleElement()
        .satisfies(failure -> assertThat(failure.error()).startsWith("EntityTooSmall"));
    assertThat(
            emulator
                .s3()
                .listMultipartUploads(request -> request.bucket(target()))
                .join()
                .uploads())
        .isEmpty();
    assertThat(runs.run("again", schema().put("retryOf", "run")).verdict())
        .isEqualTo(Verdict.VERIFIED);
  }

  private String source() {
    return name + "-a-files";
  }

  private String target() {
    return name + "-b-files";
  }

  private ObjectNode schema() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    schema.put("regionFrom", SampleMigration.REGION).put("regionTo", SampleMigration.REGION);
    ObjectNode bucket = schema.putArray("VAMS_S3Bucket_Mapping").addObject();
    bucket.put("bucketDescriptor", "files");
    bucket.putObject("buckets").put("from", source()).put("to", target());
    return schema;
  }

  private void createBucket(String bucket) {
    emulator
        .s3()
        .createBucket(request -> request.bucket(bucket).objectLockEnabledForBucket(true))
        .join();
  }

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) (i * 31 + (i >> 8));
    }
    return bytes;
  }

  private void put(String key, byte[] content) {
    emulator
        .s3()
        .putObject(
            request ->
                request
                    .bucket(source())
                    .key(key)
                    .contentType("model/e57")
                    .cacheControl("no-cache")
                    .metadata(Map.of("assetid", "x1")),
            AsyncRequestBody.fromBytes(content))
        .join();
    emulator
        .s3()
        .putObjectTagging(
            request ->
                request
                    .bucket(source())
                    .key(key)
                    .tagging(
                        tagging -> tagging.tagSet(Tag.builder().key("team").value("blue").build())))
        .join();
  }

  private void lock(String key) {
    emulator
        .s3()
        .putObjectRetention(
            request ->
                request
                    .bucket(source())
                    .key(key)
                    .retention(
                        retention ->
                            retention
                                .mode(ObjectLockRetentionMode.GOVERNANCE)
                                .retainUntilDate(Instant.parse("2090-01-01T00:00:00Z"))))
        .join();
    emulator
        .s3()
        .putObjectLegalHold(
            request ->
                request
                    .bucket(source())
                    .key(key)
                    .legalHold(hold -> hold.status(ObjectLockLegalHoldStatus.ON)))
        .join();
  }

  private HeadObjectResponse head(String key) {
    return emulator.s3().headObject(request -> request.bucket(target()).key(key)).join();
  }

  private String tag(String key) {
    return emulator
        .s3()
        .getObjectTagging(request -> request.bucket(target()).key(key))
        .join()
        .tagSet()
        .get(0)
        .value();
  }

  private byte[] content(String key) {
    return emulator
        .s3()
        .getObject(request -> request.bucket(target()).key(key), AsyncResponseTransformer.toBytes())
        .join()
        .asByteArray();
  }
}
