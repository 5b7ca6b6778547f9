package dev.vams.migration.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.store.CopiedPart;
import dev.vams.migration.core.store.CurrentVersion;
import dev.vams.migration.core.store.Encryption;
import dev.vams.migration.core.store.ObjectCopy;
import dev.vams.migration.core.store.ObjectLock;
import dev.vams.migration.core.store.ObjectPart;
import dev.vams.migration.core.store.ObjectProperties;
import dev.vams.migration.core.store.ObjectProperties.Checksum;
import dev.vams.migration.core.store.ObjectSummary;
import dev.vams.migration.core.store.StoreException;
import dev.vams.migration.s3.AnsweringServer.Request;
import dev.vams.migration.s3.AnsweringServer.Response;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** What requests say that no server here keeps: encryption with keys, locks, checksums of parts. */
class S3RequestsTest {
  private static final String KEY = "arn:aws:kms:eu-west-1:111122223333:key/1";
  private static final ObjectSummary SOURCE =
      new ObjectSummary("k +%/\u00e9", 10, "etag", Instant.EPOCH, "STANDARD_IA");
  private static final ObjectLock LOCK =
      new ObjectLock(
          Optional.of(
              new ObjectLock.Retention("COMPLIANCE", Instant.parse("2090-01-02T03:04:05Z"))),
          true);
  private static final ObjectProperties NOTHING =
      new ObjectProperties(Map.of(), Map.of(), Map.of(), Optional.empty());

  @ParameterizedTest
  @CsvSource({
    "SSE_S3, false, AES256, , ",
    "SSE_KMS, true, aws:kms, key, true",
    "SSE_KMS, false, aws:kms, key, false",
    "DSSE_KMS, false, aws:kms:dsse, key, "
  })
  void bothWaysEncryptAlike(
      Encryption.Type type,
      boolean bucketKey,
      String algorithm,
      String key,
      String bucketKeyHeader) {
    Encryption encryption =
        new Encryption(type, Optional.ofNullable(key).map(any -> KEY), bucketKey);

    assertThat(bothWays(copy(Optional.of(encryption), ObjectLock.NONE), NOTHING))
        .allSatisfy(
            request -> {
              assertThat(request.header("x-amz-server-side-encryption")).isEqualTo(algorithm);
              assertThat(request.header("x-amz-server-side-encryption-aws-kms-key-id"))
                  .isEqualTo(key == null ? null : KEY);
              assertThat(request.header("x-amz-server-side-encryption-bucket-key-enabled"))
                  .isEqualTo(bucketKeyHeader);
            });
  }

  @Test
  void withoutAnEncryptionTheBucketsDefaultIsLeftToS3() {
    assertThat(bothWays(copy(Optional.empty(), ObjectLock.NONE), NOTHING))
        .allSatisfy(
            request ->
                assertThat(request.headers().keySet())
                    .noneMatch(name -> name.toLowerCase(Locale.ROOT).contains("encryption")));
  }

  @Test
  void bothWaysLockAlikeAndKeepTheStorageClass() {
    assertThat(bothWays(copy(Optional.empty(), LOCK), NOTHING))
        .allSatisfy(
            request -> {
              assertThat(request.header("x-amz-object-lock-mode")).isEqualTo("COMPLIANCE");
              assertThat(request.header("x-amz-object-lock-retain-until-date"))
                  .isEqualTo("2090-01-02T03:04:05Z");
              assertThat(request.header("x-amz-object-lock-legal-hold")).isEqualTo("ON");
              assertThat(request.header("x-amz-storage-class")).isEqualTo("STANDARD_IA");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "CRC64NVME, true, FULL_OBJECT",
    "CRC32, true, FULL_OBJECT",
    "CRC32C, true, FULL_OBJECT",
    "CRC32, false, COMPOSITE",
    "SHA256, true, COMPOSITE",
    "SHA1, false, COMPOSITE"
  })
  void anUploadHasTheSourcesChecksumAsFarAsPartsAllow(
      String algorithm, boolean ofWholeObject, String type) {
    Request begun =
        bothWays(
                copy(Optional.empty(), ObjectLock.NONE),
                new ObjectProperties(
                    Map.of(),
                    Map.of(),
                    Map.of(),
                    Optional.of(new Checksum(algorithm, ofWholeObject))))
            .get(1);

    assertThat(begun.header("x-amz-checksum-algorithm")).isEqualTo(algorithm);
    assertThat(begun.header("x-amz-checksum-type")).isEqualTo(type);
  }

  @Test
  void withoutAChecksumOfTheSourceNoneIsAskedFor() {
    Request begun = bothWays(copy(Optional.empty(), ObjectLock.NONE), NOTHING).get(1);

    assertThat(begun.headers().keySet())
        .noneMatch(name -> name.toLowerCase(Locale.ROOT).contains("checksum"));
  }

  @Test
  void tagsAreEncodedAndAnExpiryIsAnyText() {
    Request begun =
        bothWays(
                copy(Optional.empty(), ObjectLock.NONE),
                new ObjectProperties(
                    Map.of("Expires", "0"), Map.of(), Map.of("a b", "c/+&="), Optional.empty()))
            .get(1);

    assertThat(begun.header("x-amz-tagging")).isEqualTo("a%20b=c%2F%2B%26%3D");
    assertThat(begun.header("Expires")).isEqualTo("0");
  }

  @Test
  void aPartNamesItsRangeAndTheSourcesETagAndItsChecksumIsHandedOn() {
    ObjectCopy copy = copy(Optional.empty(), ObjectLock.NONE);
    List<Request> requests =
        asked(
            client -> {
              S3ObjectUploads uploads = new S3ObjectUploads(client);
              CopiedPart part =
                  InFlight.await(uploads.copyPart(copy, "u", new ObjectPart(2, 5, 5)));
              assertThat(part).isEqualTo(new CopiedPart(2, 5, "p", Map.of("SHA256", "c")));
              InFlight.await(uploads.complete(copy, "u", List.of(part)));
            });

    assertThat(requests.get(0).header("x-amz-copy-source")).isEqualTo("from/k%20%2B%25/%C3%A9");
    assertThat(requests.get(0).header("x-amz-copy-source-range")).isEqualTo("bytes=5-9");
    assertThat(requests.get(0).header("x-amz-copy-source-if-match")).isEqualTo("etag");
    assertThat(requests.get(0).path()).contains("partNumber=2");
    assertThat(requests.get(1).body())
        .contains("<ChecksumSHA256>c</ChecksumSHA256>", "<PartNumber>2</PartNumber>");
  }

  @Test
  void whatIsWrittenBehindAVersionIsWrittenBehindNoOther() {
    CurrentVersion current = new CurrentVersion(Optional.of("v1"), Optional.of("there"));
    ObjectCopy first = copy(Optional.empty(), ObjectLock.NONE).behind(CurrentVersion.NONE);
    ObjectCopy second = first.behind(current);
    CopiedPart part = new CopiedPart(1, 1, "p", Map.of());
    List<Request> requests =
        asked(
            client -> {
              for (ObjectCopy copy : List.of(first, second)) {
                InFlight.await(new S3ObjectStore(client).copy(copy));
                InFlight.await(new S3ObjectUploads(client).complete(copy, "u", List.of(part)));
              }
              InFlight.await(new S3ObjectStore(client).addDeleteMarker("to", "k", current));
              InFlight.await(
                  new S3ObjectStore(client).addDeleteMarker("to", "k", CurrentVersion.NONE));
            });

    assertThat(requests)
        .extracting(
            request -> request.header("if-none-match"), request -> request.header("if-match"))
        .containsExactly(
            tuple("*", null),
            tuple("*", null),
            tuple(null, "there"),
            tuple(null, "there"),
            tuple(null, "there"),
            tuple(null, null));
  }

  /**
   * As S3 itself does; <a href="https://github.com/boto/botocore/issues/3496">seen by others</a>.
   */
  @ParameterizedTest
  @ValueSource(strings = {"a&#x1;b", "a&#3;b", "a&#xFFFE;b", "a\u0001b", "a&#x20;&amp;b"})
  void anAnswerThatRepeatsAKeyWhichXmlCannotHoldIsRead(String written) {
    try (AnsweringServer server =
            new AnsweringServer(
                request ->
                    request.path().contains("list-type")
                        ? Response.of(
                            404, "<Error><Code>Own</Code><Key>%s</Key></Error>".formatted(written))
                        : Response.of(
                            200,
                            "<InitiateMultipartUploadResult><Key>%s</Key><UploadId>u</UploadId></InitiateMultipartUploadResult>"
                                .formatted(written)));
        S3AsyncClient client = server.client()) {
      ObjectCopy copy = copy(Optional.empty(), ObjectLock.NONE);

      assertThat(InFlight.await(new S3ObjectUploads(client).begin(copy, NOTHING))).isEqualTo("u");
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> InFlight.await(new S3ObjectStore(client).list("b", "", "", 1)))
          .satisfies(e -> assertThat(e.error().code()).isEqualTo("Own"));
    }
  }

  private static ObjectCopy copy(Optional<Encryption> encryption, ObjectLock lock) {
    return new ObjectCopy("from", SOURCE, "to", encryption, lock, Optional.empty());
  }

  /** The requests of a copy in one call and of one in parts, in this order. */
  private static List<Request> bothWays(ObjectCopy copy, ObjectProperties properties) {
    return asked(
        client -> {
          InFlight.await(new S3ObjectStore(client).copy(copy));
          InFlight.await(new S3ObjectUploads(client).begin(copy, properties));
        });
  }

  private static List<Request> asked(Consumer<S3AsyncClient> calls) {
    try (AnsweringServer server = new AnsweringServer(S3RequestsTest::answer);
        S3AsyncClient client = server.client()) {
      calls.accept(client);
      return server.requests();
    }
  }

  private static Response answer(Request request) {
    if (request.path().endsWith("?uploads")) {
      return Response.of(
          200,
          "<InitiateMultipartUploadResult><UploadId>u</UploadId></InitiateMultipartUploadResult>");
    }
    if (request.path().contains("partNumber")) {
      return Response.of(
          200,
          "<CopyPartResult><ETag>\"p\"</ETag><ChecksumSHA256>c</ChecksumSHA256></CopyPartResult>");
    }
    if (request.path().contains("uploadId")) {
      return Response.of(
          200, "<CompleteMultipartUploadResult><ETag>\"e\"</ETag></CompleteMultipartUploadResult>");
    }
    return Response.of(200, "<CopyObjectResult><ETag>\"e\"</ETag></CopyObjectResult>");
  }
}
