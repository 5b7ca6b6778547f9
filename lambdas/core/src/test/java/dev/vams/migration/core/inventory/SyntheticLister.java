package dev.vams.migration.core.inventory;

import dev.vams.migration.core.store.ObjectPage;
import dev.vams.migration.core.store.ObjectSummary;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/** Lists synthetic keys, as a bucket's. */
final class SyntheticLister implements KeyRangePartitioner.Listing {
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
  public CompletionStage<ObjectPage> after(String after, int limit) {
    calls++;
    int begin = after.isEmpty() ? 0 : keys.rank(after);
    int end = Math.min(keys.size(), begin + limit);
    List<ObjectSummary> page = IntStream.range(begin, end).mapToObj(this::object).toList();
    return CompletableFuture.completedStage(new ObjectPage(page, end == keys.size()));
  }

  private ObjectSummary object(int number) {
    return new ObjectSummary(keys.get(number), 1, "", Instant.EPOCH, "STANDARD");
  }
}
