package dev.vams.migration.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vams.migration.core.store.BucketFacts.Versioning;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InMemoryObjectStoreTest implements ObjectStoreContract {
  private final FakeFixture fixture = new FakeFixture();

  @Override
  public Fixture fixture() {
    return fixture;
  }

  @Test
  void listsByUtf8BytesAndNotByUtf16() {
    String bucket = fixture.newBucket();
    fixture.store.put(bucket, "\ud83d\ude80", "rocket");
    fixture.store.put(bucket, "\uff5e", "tilde");

    assertThat(fixture.store.keys(bucket)).containsExactly("\uff5e", "\ud83d\ude80");
  }

  /** The fake keeps no content, so the fixture remembers the texts by their ETags. */
  private static final class FakeFixture implements Fixture {
    private final InMemoryObjectStore store =
        new InMemoryObjectStore(InstantSource.fixed(Instant.EPOCH));
    private final Map<String, String> textByEtag = new HashMap<>();
    private int buckets;

    @Override
    public ObjectStore store() {
      return store;
    }

    @Override
    public ObjectUploads uploads() {
      return store;
    }

    @Override
    public String newBucket() {
      String bucket = "bucket-" + ++buckets;
      store.createBucket(bucket);
      return bucket;
    }

    @Override
    public void enableVersioning(String bucket) {
      store.createBucket(bucket, Versioning.ENABLED);
    }

    @Override
    public String newLockingBucket() {
      String bucket = "locking-" + ++buckets;
      store.createBucket(
          bucket, new BucketFacts(Versioning.ENABLED, EnumSet.of(BucketFeature.OBJECT_LOCK)));
      return bucket;
    }

    @Override
    public void lock(String bucket, String key, ObjectLock lock) {
      store.put(bucket, key, store.object(bucket, key).with(new ObjectFeatures(lock, List.of())));
    }

    @Override
    public void publish(String bucket, String key) {
      ObjectFeatures shared =
          new ObjectFeatures(
              ObjectLock.NONE,
              List.of("ACL: READ to http://acs.amazonaws.com/groups/global/AllUsers"));
      store.put(bucket, key, store.object(bucket, key).with(shared));
    }

    @Override
    public void put(String bucket, String key, Content content) {
      StoredObject object =
          StoredObject.of(content.text())
              .with(
                  content.storageClass(),
                  content.headers(),
                  content.userMetadata(),
                  content.tags());
      textByEtag.put(object.etag(), content.text());
      store.put(bucket, key, object);
    }

    @Override
    public Content read(String bucket, String key) {
      StoredObject object = store.object(bucket, key);
      return new Content(
          textByEtag.get(object.etag().replaceFirst("-.*", "")),
          object.headers(),
          object.userMetadata(),
          object.tags(),
          object.storageClass());
    }
  }
}
