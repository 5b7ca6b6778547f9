package dev.vams.migration.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.store.BucketFacts.Versioning;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every object store does. */
public interface ObjectStoreContract {

  /** A store, and the means to prepare and to look behind it. */
  interface Fixture {
    ObjectStore store();

    ObjectUploads uploads();

    /** Creates an empty bucket of a name not used before. */
    String newBucket();

    void enableVersioning(String bucket);

    /** Creates an empty bucket with Object Lock. */
    String newLockingBucket();

    /** Locks an object of such a bucket. */
    void lock(String bucket, String key, ObjectLock lock);

    /** Lets everybody read an object. */
    void publish(String bucket, String key);

    void put(String bucket, String key, Content content);

    Content read(String bucket, String key);
  }

  /** Everything of an object that a copy carries. */
  record Content(
      String text,
      Map<String, String> headers,
      Map<String, String> userMetadata,
      Map<String, String> tags,
      String storageClass) {

    static Content of(String text) {
      return new Content(
          text, Map.of("Content-Type", "text/plain"), Map.of(), Map.of(), "STANDARD");
    }
  }

  /** Each header that belongs to an object. */
  Map<String, String> ALL_HEADERS =
      Map.of(
          "Content-Type", "model/gltf-binary",
          "Cache-Control", "max-age=60",
          "Content-Disposition", "attachment; filename=\"a b.glb\"",
          "Content-Encoding", "gzip",
          "Content-Language", "de, en",
          "Expires", "Tue, 01 Jan 2030 00:00:00 GMT");

  Fixture fixture();

  @Test
  default void findsABucketAndSaysWhetherItKeepsVersions() {
    String plain = fixture().newBucket();
    String versioned = fixture().newBucket();
    fixture().enableVersioning(versioned);

    assertThat(look(plain).versioning()).isEqualTo(Versioning.OFF);
    assertThat(look(versioned).versioning()).isEqualTo(Versioning.ENABLED);
  }

  @Test
  default void findsWhetherABucketLocksObjects() {
    assertThat(look(fixture().newBucket()).features()).doesNotContain(BucketFeature.OBJECT_LOCK);
    assertThat(look(fixture().newLockingBucket()).features()).contains(BucketFeature.OBJECT_LOCK);
  }

  @Test
  default void aMissingBucketIsMissing() {
    assertThat(fixture().store().look("no-such-bucket-anywhere"))
        .isInstanceOf(Lookup.Missing.class);
  }

  @Test
  default void anEmptyBucketIsOneEmptyPage() {
    assertThat(list(fixture().newBucket(), "", "", 1000))
        .isEqualTo(new ObjectPage(List.of(), true));
  }

  @Test
  default void listsWhatIsKnownOfAnObject() {
    String bucket = fixture().newBucket();
    fixture().put(bucket, "a.txt", Content.of("hello"));

    ObjectSummary object = list(bucket, "", "", 1000).objects().get(0);

    assertThat(object.key()).isEqualTo("a.txt");
    assertThat(object.size()).isEqualTo(5);
    assertThat(object.etag()).isEqualTo("5d41402abc4b2a76b9719d911017c592");
    assertThat(object.storageClass()).isEqualTo("STANDARD");
    assertThat(object.lastModified()).isNotNull();
  }

  @Test
  default void listsInAscendingOrderByPrefixAndAfterAKey() {
    String bucket = fixture().newBucket();
    for (String key : List.of("b/2", "a/1", "b/10", "b/1", "c", "B", "b", "b!")) {
      fixture().put(bucket, key, Content.of(key));
    }

    assertThat(keys(bucket, "", "", 1000))
        .containsExactly("B", "a/1", "b", "b!", "b/1", "b/10", "b/2", "c");
    assertThat(keys(bucket, "b/", "", 1000)).containsExactly("b/1", "b/10", "b/2");
    assertThat(keys(bucket, "b/", "b/1", 1000)).containsExactly("b/10", "b/2");
    assertThat(keys(bucket, "", "b/05", 1000)).containsExactly("b/1", "b/10", "b/2", "c");
    assertThat(keys(bucket, "", "c", 1000)).isEmpty();
  }

  @Test
  default void aPageEndsAtTheLimitAndSaysWhetherItIsTheLast() {
    String bucket = fixture().newBucket();
    IntStream.range(0, 5).forEach(i -> fixture().put(bucket, "k" + i, Content.of("x")));

    ObjectPage first = list(bucket, "", "", 3);
    ObjectPage second = list(bucket, "", "k2", 3);

    assertThat(first.objects()).extracting(ObjectSummary::key).containsExactly("k0", "k1", "k2");
    assertThat(first.last()).isFalse();
    assertThat(second.objects()).extracting(ObjectSummary::key).containsExactly("k3", "k4");
    assertThat(second.last()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "with space",
        " leading and trailing ",
        "plus+plus",
        "100%25",
        "percent%2Fslash",
        "quote'\"`",
        "ampersand&equals=question?hash#",
        "semicolon;colon:comma,at@",
        "back\\slash",
        "<angle>",
        "{brace}[bracket]^~|",
        "caf\u00e9",
        "cafe\u0301",
        "\u6f22\u5b57",
        "\uff5e",
        "emoji \ud83d\ude80",
        "trailing/",
        "double//slash",
        "/leading",
        "dots/./and/../more",
        "..name",
        "tab\there",
        "line\nbreak",
        "control\u0001character"
      })
  default void anOddKeyIsListedAndCopiedAsItIs(String key) {
    String from = fixture().newBucket();
    String to = fixture().newBucket();
    fixture().put(from, key, Content.of("content"));
    ObjectSummary listed = list(from, "", "", 1000).objects().get(0);
    assertThat(listed.key()).isEqualTo(key);
    assertThat(list(from, key, "", 1000).objects()).hasSize(1);
    assertThat(list(from, "", key, 1000).objects()).isEmpty();

    assertThat(copy(from, listed, to)).isInstanceOf(CopyResult.Copied.class);

    assertThat(keys(to, "", "", 1000)).containsExactly(key);
    assertThat(fixture().read(to, key).text()).isEqualTo("content");
    assertThat(InFlight.await(fixture().store().fingerprint(to, key, Optional.empty())))
        .isPresent();
  }

  @Test
  default void aCopyCarriesMetadataHeadersTagsAndStorageClass() {
    String from = fixture().newBucket();
    String to = fixture().newBucket();
    Content content =
        new Content(
            "model",
            ALL_HEADERS,
            Map.of("assetid", "x1", "note", "a b+c"),
            Map.of("team", "blue", "path", "a/b c"),
            "STANDARD_IA");
    fixture().put(from, "a.glb", content);

    assertThat(copy(from, list(from, "", "", 1).objects().get(0), to))
        .isInstanceOf(CopyResult.Copied.class);

    assertThat(fixture().read(to, "a.glb")).isEqualTo(content);
    assertThat(list(to, "", "", 1).objects().get(0).storageClass()).isEqualTo("STANDARD_IA");
  }

  @Test
  default void copyingAgainReplacesTheTarget() {
    String from = fixture().newBucket();
    String to = fixture().newBucket();
    fixture().put(to, "a", Content.of("old"));
    fixture().put(from, "a", Content.of("new"));
    ObjectSummary source = list(from, "", "", 1).objects().get(0);

    assertThat(copy(from, source, to)).isInstanceOf(CopyResult.Copied.class);
    assertThat(copy(from, source, to)).isInstanceOf(CopyResult.Copied.class);

    assertThat(fixture().read(to, "a").text()).isEqualTo("new");
  }

  @Test
  default void copyingASourceThatHasChangedIsRefused() {
    String from = fixture().newBucket();
    String to = fixture().newBucket();
    fixture().put(from, "a", Content.of("listed"));
    ObjectSummary listed = list(from, "", "", 1).objects().get(0);
    fixture().put(from, "a", Content.of("changed since"));

    assertThat(copy(from, listed, to)).satisfies(refusedWith("PreconditionFailed"));
    assertThat(keys(to, "", "", 1)).isEmpty();
  }

  @Test
  default void copyingAMissingKeyIsRefused() {
    String from = fixture().newBucket();
    fixture().put(from, "a", Content.of("x"));
    ObjectSummary a = list(from, "", "", 1).objects().get(0);
    ObjectSummary missing =
        new ObjectSummary("missing", a.size(), a.etag(), a.lastModified(), a.storageClass());

    assertThat(copy(from, missing, fixture().newBucket())).satisfies(refusedWith("NoSuchKey"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "with space", "plus+plus", "100%25", "dots/./and/../more", "tab\there"})
  default void aDeletedObjectIsGoneAndTheOthersStay(String key) {
    String bucket = fixture().newBucket();
    fixture().put(bucket, key, Content.of("x"));
    ObjectSummary listed = list(bucket, "", "", 1).objects().get(0);
    fixture().put(bucket, "other", Content.of("y"));

    delete(bucket, listed);
    delete(bucket, listed);

    assertThat(keys(bucket, "", "", 1000)).containsExactly("other");
  }

  @Test
  default void anObjectThatWasReplacedSinceIsNotDeleted() {
    String bucket = fixture().newBucket();
    fixture().put(bucket, "a", Content.of("listed"));
    ObjectSummary listed = list(bucket, "", "", 1).objects().get(0);
    fixture().put(bucket, "a", Content.of("changed since"));

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> delete(bucket, listed))
        .satisfies(
            refusal -> {
              assertThat(refusal.error().code()).isEqualTo("PreconditionFailed");
              assertThat(refusal.error().scope()).isEqualTo(StoreError.Scope.ENTRY);
            });
    assertThat(keys(bucket, "", "", 1000)).containsExactly("a");
  }

  @Test
  default void tryingToDeleteLeavesNothingBehind() {
    String bucket = fixture().newBucket();
    fixture().put(bucket, "a", Content.of("x"));

    InFlight.await(fixture().store().tryDelete(bucket));

    assertThat(keys(bucket, "", "", 1000)).containsExactly("a");
  }

  @Test
  default void aMissingBucketStopsTheRun() {
    String from = fixture().newBucket();
    fixture().put(from, "a", Content.of("x"));
    ObjectSummary a = list(from, "", "", 1).objects().get(0);

    assertStops(() -> copy(from, a, "no-such-bucket-anywhere"));
    assertStops(() -> list("no-such-bucket-anywhere", "", "", 1));
    assertStops(
        () ->
            InFlight.await(
                fixture().store().tryRead("no-such-bucket-anywhere", "a", Optional.empty())));
    assertStops(
        () ->
            InFlight.await(
                fixture().store().tryReadTags("no-such-bucket-anywhere", "a", Optional.empty())));
    assertStops(() -> tryWrite("no-such-bucket-anywhere"));
    assertStops(() -> delete("no-such-bucket-anywhere", a));
    assertStops(() -> InFlight.await(fixture().store().tryDelete("no-such-bucket-anywhere")));
    assertStops(() -> begin(new ObjectCopy(from, a, "no-such-bucket-anywhere")));
  }

  @Test
  default void aFingerprintTellsSizeAndEtag() {
    String bucket = fixture().newBucket();
    fixture().put(bucket, "a", Content.of("hello"));

    ObjectFingerprint fingerprint =
        InFlight.await(fixture().store().fingerprint(bucket, "a", Optional.empty())).orElseThrow();

    assertThat(fingerprint.size()).isEqualTo(5);
    assertThat(fingerprint.etag()).isEqualTo("5d41402abc4b2a76b9719d911017c592");
    assertThat(fingerprint.etagIsMd5()).isTrue();
    assertThat(InFlight.await(fixture().store().fingerprint(bucket, "missing", Optional.empty())))
        .isEmpty();
  }

  @Test
  default void aCopyHasTheFingerprintOfItsSource() {
    String from = fixture().newBucket();
    String to = fixture().newBucket();
    fixture().put(from, "a", Content.of("hello"));
    copy(from, list(from, "", "", 1).objects().get(0), to);

    assertThat(InFlight.await(fixture().store().fingerprint(to, "a", Optional.empty())))
        .isEqualTo(InFlight.await(fixture().store().fingerprint(from, "a", Optional.empty())));
  }

  @Test
  default void anUploadInPartsCarriesWhatACopyCarries() {
    String from = fixture().newBucket();
    String to = fixture().newBucket();
    // Tags whose header needs no encoding: S3Mock keeps the header as it is.
    Content content =
        new Content(
            "model", ALL_HEADERS, Map.of("note", "a b+c"), Map.of("team", "blue"), "STANDARD_IA");
    fixture().put(from, "a.glb", content);
    ObjectCopy copy = new ObjectCopy(from, list(from, "", "", 1).objects().get(0), to);

    String upload = begin(copy);
    CopiedPart part = copyPart(copy, upload, new ObjectPart(1, 0, 5));

    assertThat(keys(to, "", "", 1)).isEmpty();
    InFlight.await(fixture().uploads().complete(copy, upload, List.of(part)));
    assertThat(fixture().read(to, "a.glb")).isEqualTo(content);
    assertThat(
            InFlight.await(fixture().store().fingerprint(to, "a.glb", Optional.empty()))
                .orElseThrow()
                .checksums())
        .isEqualTo(
            InFlight.await(fixture().store().fingerprint(from, "a.glb", Optional.empty()))
                .orElseThrow()
                .checksums());
  }

  @Test
  default void anUploadKnowsItsParts() {
    String from = fixture().newBucket();
    String to = fixture().newBucket();
    fixture().put(from, "a", Content.of("0123456789"));
    ObjectCopy copy = new ObjectCopy(from, list(from, "", "", 1).objects().get(0), to);
    String upload = begin(copy);
    assertThat(parts(to, "a", upload)).get().asInstanceOf(LIST).isEmpty();

    copyPart(copy, upload, new ObjectPart(3, 8, 2));
    copyPart(copy, upload, new ObjectPart(1, 0, 4));
    copyPart(copy, upload, new ObjectPart(1, 0, 4));

    assertThat(parts(to, "a", upload).orElseThrow())
        .extracting(CopiedPart::number, CopiedPart::size)
        .containsExactly(tuple(1, 4L), tuple(3, 2L));
  }

  @Test
  default void anAbortedUploadIsGone() {
    String from = fixture().newBucket();
    String to = fixture().newBucket();
    fixture().put(from, "a", Content.of("x"));
    ObjectCopy copy = new ObjectCopy(from, list(from, "", "", 1).objects().get(0), to);
    String upload = begin(copy);
    CopiedPart part = copyPart(copy, upload, new ObjectPart(1, 0, 1));

    InFlight.await(fixture().uploads().abort(to, "a", upload));
    InFlight.await(fixture().uploads().abort(to, "a", upload));

    assertThat(parts(to, "a", upload)).isEmpty();
    assertThat(keys(to, "", "", 1)).isEmpty();
    assertRefuses(
        () -> InFlight.await(fixture().uploads().complete(copy, upload, List.of(part))),
        ObjectUploads.NO_SUCH_UPLOAD);
  }

  @Test
  default void aPartOfASourceThatHasChangedIsRefused() {
    String from = fixture().newBucket();
    String to = fixture().newBucket();
    fixture().put(from, "a", Content.of("listed"));
    ObjectCopy copy = new ObjectCopy(from, list(from, "", "", 1).objects().get(0), to);
    String upload = begin(copy);
    fixture().put(from, "a", Content.of("changed since"));

    assertRefuses(() -> copyPart(copy, upload, new ObjectPart(1, 0, 6)), "PreconditionFailed");
  }

  @Test
  default void aMissingObjectHasNoProperties() {
    String bucket = fixture().newBucket();

    assertRefuses(
        () -> InFlight.await(fixture().store().properties(bucket, "missing", Optional.empty())),
        "NoSuchKey");
  }

  @Test
  default void tellsWhatKeepsAnObject() {
    String bucket = fixture().newLockingBucket();
    fixture().put(bucket, "free", Content.of("x"));
    fixture().put(bucket, "kept", Content.of("x"));
    ObjectLock lock =
        new ObjectLock(
            Optional.of(
                new ObjectLock.Retention("GOVERNANCE", Instant.parse("2090-01-02T03:04:05Z"))),
            true);
    fixture().lock(bucket, "kept", lock);

    assertThat(features(bucket, "free", BucketFeature.OBJECT_LOCK)).isEqualTo(ObjectFeatures.NONE);
    assertThat(features(bucket, "kept", BucketFeature.OBJECT_LOCK))
        .isEqualTo(new ObjectFeatures(lock, List.of()));
  }

  @Test
  default void tellsOfGrantsBesidesTheOwners() {
    String bucket = fixture().newBucket();
    fixture().put(bucket, "private", Content.of("x"));
    fixture().put(bucket, "public", Content.of("x"));
    fixture().publish(bucket, "public");

    assertThat(features(bucket, "private", BucketFeature.ACLS)).isEqualTo(ObjectFeatures.NONE);
    assertThat(features(bucket, "public", BucketFeature.ACLS).uncarried())
        .containsExactly("ACL: READ to http://acs.amazonaws.com/groups/global/AllUsers");
  }

  @Test
  default void manyPagesTogetherAreTheWholeBucket() {
    String bucket = fixture().newBucket();
    List<String> expected = IntStream.range(10, 35).mapToObj(i -> "k" + i).toList();
    expected.forEach(key -> fixture().put(bucket, key, Content.of("x")));

    List<String> listed = new ArrayList<>();
    ObjectPage page;
    do {
      page = list(bucket, "", listed.isEmpty() ? "" : listed.get(listed.size() - 1), 10);
      page.objects().forEach(object -> listed.add(object.key()));
    } while (!page.last());

    assertThat(listed).isEqualTo(expected);
  }

  @Test
  default void tryingToReadNeedsNoParticularObject() {
    String bucket = fixture().newBucket();
    fixture().put(bucket, "empty", Content.of(""));
    fixture().put(bucket, "full", Content.of("x"));

    for (String key : List.of("empty", "full", "deleted meanwhile")) {
      InFlight.await(fixture().store().tryRead(bucket, key, Optional.empty()));
      InFlight.await(fixture().store().tryReadTags(bucket, key, Optional.empty()));
      InFlight.await(
          fixture()
              .store()
              .tryReadFeatures(
                  bucket, key, Optional.empty(), EnumSet.of(BucketFeature.OBJECT_LOCK)));
    }
  }

  @Test
  default void tryingToWriteChangesNothing() {
    String bucket = fixture().newBucket();
    fixture().put(bucket, "a", Content.of("x"));

    tryWrite(bucket);

    assertThat(keys(bucket, "", "", 1000)).containsExactly("a");
  }

  @Test
  default void listsAllVersionsOfAKeyNewestFirst() {
    String bucket = newVersionedBucket();
    fixture().put(bucket, "a", Content.of("one"));
    fixture().put(bucket, "b", Content.of("other"));
    fixture().put(bucket, "a", Content.of("three"));
    addDeleteMarker(bucket, "a");
    fixture().put(bucket, "a", Content.of("four!!"));

    List<ObjectVersion> versions = listVersions(bucket, "", VersionMarker.START, 1000).versions();

    assertThat(versions)
        .extracting(ObjectVersion::key, ObjectVersion::isDeleteMarker, ObjectVersion::size)
        .containsExactly(
            tuple("a", false, 6L),
            tuple("a", true, 0L),
            tuple("a", false, 5L),
            tuple("a", false, 3L),
            tuple("b", false, 5L));
    assertThat(versions).extracting(ObjectVersion::versionId).doesNotHaveDuplicates();
    assertThat(keys(bucket, "", "", 1000)).containsExactly("a", "b");
  }

  @Test
  default void aListingOfVersionsGoesOnBehindAVersionAndBehindAKey() {
    String bucket = newVersionedBucket();
    for (String key : List.of("a", "b", "ba")) {
      fixture().put(bucket, key, Content.of("1"));
      fixture().put(bucket, key, Content.of("22"));
    }
    List<ObjectVersion> all = listVersions(bucket, "", VersionMarker.START, 1000).versions();

    VersionPage first = listVersions(bucket, "", VersionMarker.START, 3);
    VersionPage second = listVersions(bucket, "", VersionMarker.after(all.get(2)), 1000);

    assertThat(first).isEqualTo(new VersionPage(all.subList(0, 3), false));
    assertThat(second).isEqualTo(new VersionPage(all.subList(3, 6), true));
    assertThat(listVersions(bucket, "", VersionMarker.afterKey("a"), 1000).versions())
        .isEqualTo(all.subList(2, 6));
    assertThat(listVersions(bucket, "b", VersionMarker.START, 1000).versions())
        .isEqualTo(all.subList(2, 6));
    assertThat(listVersions(bucket, "b", VersionMarker.after(all.get(2)), 1).versions())
        .isEqualTo(all.subList(3, 4));
  }

  @Test
  default void ofABucketWithoutVersionsEachObjectIsOne() {
    String bucket = fixture().newBucket();
    fixture().put(bucket, "a", Content.of("x"));

    assertThat(listVersions(bucket, "", VersionMarker.START, 1000).versions())
        .extracting(ObjectVersion::key, ObjectVersion::versionId, ObjectVersion::isDeleteMarker)
        .containsExactly(tuple("a", "null", false));
  }

  @Test
  default void copiesAVersionAndTellsTheNewOne() {
    String from = newVersionedBucket();
    String to = newVersionedBucket();
    fixture()
        .put(
            from,
            "a",
            new Content(
                "old", ALL_HEADERS, Map.of("note", "old"), Map.of("team", "red"), "STANDARD"));
    fixture().put(from, "a", Content.of("newer"));
    addDeleteMarker(from, "a");
    List<ObjectVersion> history = listVersions(from, "", VersionMarker.START, 1000).versions();

    CopyResult copied = copy(from, history.get(2).object(), to);

    Optional<String> versionId = ((CopyResult.Copied) copied).version().versionId();
    assertThat(listVersions(to, "", VersionMarker.START, 1000).versions())
        .extracting(ObjectVersion::versionId)
        .containsExactly(versionId.orElseThrow());
    assertThat(fixture().read(to, "a").text()).isEqualTo("old");
    assertThat(fixture().read(to, "a").userMetadata()).isEqualTo(Map.of("note", "old"));
    assertThat(InFlight.await(fixture().store().fingerprint(to, "a", versionId)))
        .isEqualTo(
            InFlight.await(
                fixture().store().fingerprint(from, "a", Optional.of(history.get(2).versionId()))));
  }

  @Test
  default void anUploadOfAVersionTellsTheNewOne() {
    String from = newVersionedBucket();
    String to = newVersionedBucket();
    fixture().put(from, "a", Content.of("old"));
    fixture().put(from, "a", Content.of("newer"));
    ObjectVersion old = listVersions(from, "", VersionMarker.START, 1000).versions().get(1);
    ObjectCopy copy = new ObjectCopy(from, old.object(), to);

    String upload = begin(copy);
    CopiedPart part = copyPart(copy, upload, new ObjectPart(1, 0, 3));
    Optional<String> versionId =
        InFlight.await(fixture().uploads().complete(copy, upload, List.of(part))).versionId();

    assertThat(listVersions(to, "", VersionMarker.START, 1000).versions())
        .extracting(ObjectVersion::versionId, ObjectVersion::size)
        .containsExactly(tuple(versionId.orElseThrow(), 3L));
  }

  @Test
  default void aCopyTellsBehindWhichVersionTheNextOneIs() {
    String from = newVersionedBucket();
    String to = newVersionedBucket();
    fixture().put(from, "a", Content.of("old"));
    fixture().put(from, "a", Content.of("newer"));
    List<ObjectVersion> history = listVersions(from, "", VersionMarker.START, 1000).versions();
    ObjectCopy old = new ObjectCopy(from, history.get(1).object(), to);
    ObjectCopy newer = new ObjectCopy(from, history.get(0).object(), to);

    CurrentVersion first = copied(old.behind(CurrentVersion.NONE));
    CurrentVersion second = copied(newer.behind(first));

    assertThat(listVersions(to, "", VersionMarker.START, 1000).versions())
        .extracting(CurrentVersion::of)
        .containsExactly(second, first);
  }

  private CurrentVersion copied(ObjectCopy copy) {
    return ((CopyResult.Copied) InFlight.await(fixture().store().copy(copy))).version();
  }

  @Test
  default void nothingIsWrittenBehindAnotherVersionThanTheExpectedOne() {
    String from = newVersionedBucket();
    String to = newVersionedBucket();
    fixture().put(from, "a", Content.of("x"));
    ObjectVersion version = listVersions(from, "", VersionMarker.START, 1).versions().get(0);
    ObjectCopy copy = new ObjectCopy(from, version.object(), to);
    CurrentVersion other = new CurrentVersion(Optional.of("1"), Optional.of("0".repeat(32)));
    fixture().put(to, "a", Content.of("there"));

    for (CurrentVersion expected : List.of(CurrentVersion.NONE, other)) {
      assertThat(InFlight.await(fixture().store().copy(copy.behind(expected))))
          .satisfies(refusedWith("PreconditionFailed"));
    }
    assertThat(InFlight.await(fixture().store().addDeleteMarker(to, "a", other)))
        .satisfies(refusedWith("PreconditionFailed"));
    assertThat(listVersions(to, "", VersionMarker.START, 1000).versions()).hasSize(1);
  }

  @Test
  default void deletingTellsWhichVersionTheDeleteMarkerIs() {
    String bucket = newVersionedBucket();
    fixture().put(bucket, "a", Content.of("x"));

    String marker = addDeleteMarker(bucket, "a");

    assertThat(listVersions(bucket, "", VersionMarker.START, 1000).versions())
        .extracting(ObjectVersion::isDeleteMarker, ObjectVersion::versionId)
        .contains(tuple(true, marker));
  }

  @Test
  default void aKeyMayBeDeletedTwice() {
    String bucket = newVersionedBucket();

    String first = addDeleteMarker(bucket, "a");
    String second = addDeleteMarker(bucket, "a");

    assertThat(listVersions(bucket, "", VersionMarker.START, 1000).versions())
        .extracting(ObjectVersion::isDeleteMarker, ObjectVersion::versionId)
        .containsExactly(tuple(true, second), tuple(true, first));
  }

  private String newVersionedBucket() {
    String bucket = fixture().newBucket();
    fixture().enableVersioning(bucket);
    return bucket;
  }

  private String addDeleteMarker(String bucket, String key) {
    return ((CopyResult.Copied)
            InFlight.await(fixture().store().addDeleteMarker(bucket, key, CurrentVersion.NONE)))
        .version()
        .versionId()
        .orElseThrow();
  }

  private VersionPage listVersions(String bucket, String prefix, VersionMarker after, int limit) {
    return InFlight.await(fixture().store().listVersions(bucket, prefix, after, limit));
  }

  private void tryWrite(String bucket) {
    InFlight.await(fixture().store().tryWrite(bucket, Optional.of(Encryption.S3_MANAGED), false));
  }

  private BucketFacts look(String bucket) {
    return ((Lookup.Found<BucketFacts>) fixture().store().look(bucket)).value();
  }

  private String begin(ObjectCopy copy) {
    ObjectProperties properties =
        InFlight.await(
            fixture()
                .store()
                .properties(copy.sourceBucket(), copy.key(), copy.source().versionId()));
    return InFlight.await(fixture().uploads().begin(copy, properties));
  }

  private CopiedPart copyPart(ObjectCopy copy, String upload, ObjectPart part) {
    return InFlight.await(fixture().uploads().copyPart(copy, upload, part));
  }

  private Optional<List<CopiedPart>> parts(String bucket, String key, String upload) {
    return InFlight.await(fixture().uploads().parts(bucket, key, upload));
  }

  private ObjectFeatures features(String bucket, String key, BucketFeature feature) {
    return InFlight.await(
        fixture().store().features(bucket, key, Optional.empty(), EnumSet.of(feature)));
  }

  private ObjectPage list(String bucket, String prefix, String after, int limit) {
    return InFlight.await(fixture().store().list(bucket, prefix, after, limit));
  }

  private List<String> keys(String bucket, String prefix, String after, int limit) {
    return list(bucket, prefix, after, limit).objects().stream().map(ObjectSummary::key).toList();
  }

  private void delete(String bucket, ObjectSummary object) {
    InFlight.await(fixture().store().delete(bucket, object));
  }

  private CopyResult copy(String from, ObjectSummary source, String to) {
    return InFlight.await(fixture().store().copy(new ObjectCopy(from, source, to)));
  }

  private static Consumer<CopyResult> refusedWith(String code) {
    return result -> {
      assertThat(result).isInstanceOf(CopyResult.Refused.class);
      assertThat(((CopyResult.Refused) result).error().code()).isEqualTo(code);
    };
  }

  private static void assertRefuses(Runnable call, String code) {
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(call::run)
        .satisfies(e -> assertThat(e.error().code()).isEqualTo(code))
        .satisfies(e -> assertThat(e.error().scope()).isEqualTo(StoreError.Scope.ENTRY));
  }

  private static void assertStops(Runnable call) {
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(call::run)
        .withMessageContaining("no-such-bucket-anywhere")
        .satisfies(e -> assertThat(e.error().code()).isEqualTo("NoSuchBucket"))
        .satisfies(e -> assertThat(e.error().scope()).isEqualTo(StoreError.Scope.RUN));
  }
}
