package dev.vams.migration.core.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vams.migration.core.limit.ManualClock;
import dev.vams.migration.core.plan.Unit.KeyRange;
import dev.vams.migration.core.store.BucketFacts.Versioning;
import dev.vams.migration.core.store.InMemoryObjectStore;
import dev.vams.migration.core.store.KeyOrder;
import dev.vams.migration.core.store.StoreError.Scope;
import dev.vams.migration.core.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a long history that changes between its first listing and the second one. */
class HistoryTest {
  private static final String BUCKET = "from";
  private static final int COUNT = 2500;

  private final InMemoryObjectStore store =
      new InMemoryObjectStore(new ManualClock(), Runnable::run, KeyOrder.UTF_8);
  private History history;

  @BeforeEach
  void listOnce() {
    store.createBucket(BUCKET, Versioning.ENABLED);
    write(COUNT);
    store.put(BUCKET, "key/beside", "x");
    KeyRange all = new KeyRange("unit-0", "assets", "", "", "");
    history = new HistoryListing(store, BUCKET, all, "").next();
  }

  @Test
  void whatWasWrittenSinceIsLeftOut() {
    write(1500);

    assertThat(ids()).isEqualTo(ids(1, COUNT));
  }

  @Test
  void aVersionThatWasRemovedSinceIsLeftOutAlone() {
    store.expire(BUCKET, "key", "v700");

    List<String> expected = new ArrayList<>(ids(1, COUNT));
    expected.remove("v700");
    assertThat(ids()).isEqualTo(expected);
  }

  /** The newest one, the last ones of the first page and of the second one, and the oldest one. */
  @ParameterizedTest
  @ValueSource(ints = {COUNT, COUNT - 999, COUNT - 1999, 1})
  void whereAPageHasNoBoundTheCallMaySucceedLater(int version) {
    store.expire(BUCKET, "key", "v" + version);

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(this::ids)
        .satisfies(e -> assertThat(e.error().scope()).isEqualTo(Scope.TRANSIENT));
  }

  private void write(int versions) {
    for (int version = 0; version < versions; version++) {
      store.put(BUCKET, "key", "x");
    }
  }

  private List<String> ids() {
    List<String> ids = new ArrayList<>();
    history.oldestFirst(store, BUCKET).forEachRemaining(version -> ids.add(version.versionId()));
    return ids;
  }

  private static List<String> ids(int first, int last) {
    return IntStream.rangeClosed(first, last).mapToObj(id -> "v" + id).toList();
  }
}
