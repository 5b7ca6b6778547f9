package dev.vams.migration.core.listing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.limit.ManualClock;
import dev.vams.migration.core.store.InMemoryObjectStore;
import dev.vams.migration.core.store.ObjectFingerprint;
import dev.vams.migration.core.store.ObjectSummary;
import dev.vams.migration.core.store.StoredObject;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SameContentTest {
  private static final Map<String, String> NONE = Map.of();

  @Test
  void differentSizesAreDifferentContent() {
    assertThat(SameContent.compare(opaque(1, "a", NONE), opaque(2, "a", NONE)))
        .isEqualTo(SameContent.NO);
  }

  @Test
  void equalEtagsAreTheSameContent() {
    assertThat(SameContent.compare(opaque(1, "a-2", NONE), opaque(1, "a-2", NONE)))
        .isEqualTo(SameContent.YES);
  }

  @Test
  void differentEtagsThatAreChecksumsAreDifferentContent() {
    assertThat(SameContent.compare(md5(1, "a", NONE), md5(1, "b", NONE))).isEqualTo(SameContent.NO);
  }

  @Test
  void differentEtagsOfWhichOneIsNoChecksumProveNothing() {
    assertThat(SameContent.compare(md5(1, "a", NONE), opaque(1, "b-2", NONE)))
        .isEqualTo(SameContent.UNKNOWN);
  }

  @Test
  void anEqualChecksumDecidesOverEtags() {
    Map<String, String> checksum = Map.of("CRC64NVME", "x");

    assertThat(SameContent.compare(opaque(1, "a-2", checksum), md5(1, "b", checksum)))
        .isEqualTo(SameContent.YES);
  }

  @Test
  void aDifferentChecksumIsDifferentContent() {
    assertThat(
            SameContent.compare(
                opaque(1, "a-2", Map.of("SHA256", "x")), opaque(1, "b-2", Map.of("SHA256", "y"))))
        .isEqualTo(SameContent.NO);
  }

  @Test
  void checksumsOfDifferentAlgorithmsProveNothing() {
    assertThat(
            SameContent.compare(
                opaque(1, "a-2", Map.of("SHA256", "x")), opaque(1, "b-2", Map.of("CRC32", "x"))))
        .isEqualTo(SameContent.UNKNOWN);
  }

  @Test
  void listingsAloneDecideWhereTheyCan() {
    InMemoryObjectStore store = new InMemoryObjectStore(new ManualClock());

    assertThat(compare(store, summary(1, "a"), summary(1, "a"))).isEqualTo(SameContent.YES);
    assertThat(compare(store, summary(1, "a"), summary(2, "a"))).isEqualTo(SameContent.NO);
    assertThat(store.calls(InMemoryObjectStore.Call.FINGERPRINT)).isZero();
  }

  @Test
  void fingerprintsAreAskedForWhereListingsDoNotDecide() {
    InMemoryObjectStore store = twoBuckets();
    StoredObject object = StoredObject.of("x").withChecksum("CRC32", "c");
    store.put("from", "key", object.uploadedInParts("a-2"));
    store.put("to", "key", object.uploadedInParts("b-3"));

    assertThat(compare(store, summary(1, "a-2"), summary(1, "b-3"))).isEqualTo(SameContent.YES);
  }

  @Test
  void anObjectThatHasGoneSinceIsNotTheSame() {
    InMemoryObjectStore store = twoBuckets();
    store.put("from", "key", StoredObject.of("x"));

    assertThat(compare(store, summary(1, "a-2"), summary(1, "b-3"))).isEqualTo(SameContent.NO);
  }

  private static InMemoryObjectStore twoBuckets() {
    InMemoryObjectStore store = new InMemoryObjectStore(new ManualClock());
    store.createBucket("from");
    store.createBucket("to");
    return store;
  }

  private static SameContent compare(
      InMemoryObjectStore store, ObjectSummary source, ObjectSummary target) {
    return InFlight.await(SameContent.compare(store, "from", source, store, "to", target));
  }

  private static ObjectSummary summary(long size, String etag) {
    return new ObjectSummary("key", size, etag, ManualClock.START, "STANDARD");
  }

  private static ObjectFingerprint md5(long size, String etag, Map<String, String> checksums) {
    return new ObjectFingerprint(size, etag, true, checksums);
  }

  private static ObjectFingerprint opaque(long size, String etag, Map<String, String> checksums) {
    return new ObjectFingerprint(size, etag, false, checksums);
  }
}
