package dev.vams.migration.core.inventory;

import dev.vams.migration.core.store.BucketFacts;
import dev.vams.migration.core.store.CopyResult;
import dev.vams.migration.core.store.Lookup;
import dev.vams.migration.core.store.ObjectCopy;
import dev.vams.migration.core.store.ObjectFingerprint;
import dev.vams.migration.core.store.ObjectPage;
import dev.vams.migration.core.store.ObjectStore;
import dev.vams.migration.core.store.ObjectSummary;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/** Lists synthetic keys, as any bucket's, and does nothing else. */
final class SyntheticLister implements ObjectStore {
  private final SyntheticKeys keys;
  private int calls;

  SyntheticLister(SyntheticKeys keys) {
    this.keys = keys;
  }

  /** How many list calls were made. */
  int calls() {
    return calls;
  }

  @Override
  public CompletionStage<ObjectPage> list(String bucket, String prefix, String after, int limit) {
    if (!prefix.isEmpty()) {
      throw new UnsupportedOperationException("listing by prefix");
    }
    calls++;
    int begin = after.isEmpty() ? 0 : keys.rank(after);
    int end = Math.min(keys.size(), begin + limit);
    List<ObjectSummary> page = IntStream.range(begin, end).mapToObj(this::object).toList();
    return CompletableFuture.completedStage(new ObjectPage(page, end == keys.size()));
  }

  private ObjectSummary object(int number) {
    return new ObjectSummary(keys.get(number), 1, "", Instant.EPOCH, "STANDARD");
  }

  @Override
  public Lookup<BucketFacts> look(String bucket) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<CopyResult> copy(ObjectCopy copy) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<Optional<ObjectFingerprint>> fingerprint(String bucket, String key) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<Void> tryRead(String bucket, String key) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<Void> tryReadTags(String bucket, String key) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<Void> tryWrite(String bucket) {
    throw new UnsupportedOperationException();
  }
}
