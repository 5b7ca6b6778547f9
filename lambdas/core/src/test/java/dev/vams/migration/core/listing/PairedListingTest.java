package dev.vams.migration.core.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vams.migration.core.limit.ManualClock;
import dev.vams.migration.core.plan.BucketPair;
import dev.vams.migration.core.plan.Unit.KeyRange;
import dev.vams.migration.core.store.InMemoryObjectStore;
import dev.vams.migration.core.store.InMemoryStack;
import dev.vams.migration.core.store.KeyOrder;
import dev.vams.migration.core.store.ObjectPage;
import dev.vams.migration.core.store.ObjectStore;
import dev.vams.migration.core.store.StoreError;
import dev.vams.migration.core.store.StoreException;
import dev.vams.migration.core.store.VersionPage;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class PairedListingTest {
  private static final BucketPair PAIR = new BucketPair("assets", "from", "to");
  private static final KeyRange ALL = range("", "", "");

  private final InMemoryObjectStore store = bucketsOrderedBy(KeyOrder.UTF_8);

  @Test
  void twoEmptyBucketsHaveNothing() {
    assertThat(paired(ALL, "")).isEmpty();
  }

  @Test
  void saysWhichSidesHaveAKeyInOrder() {
    put("from", "a", "b", "d", "\ud83d\ude80");
    put("to", "b", "c", "d", "e", "\uff5e");

    assertThat(paired(ALL, ""))
        .containsExactly(
            "a source",
            "b both",
            "c target",
            "d both",
            "e target",
            "\uff5e target",
            "\ud83d\ude80 source");
  }

  @Test
  void aRangeBeginsAfterItsLowerBoundAndEndsWithItsUpperOne() {
    put("from", "a", "b", "c", "d");
    put("to", "a", "b", "bb", "d");

    assertThat(paired(range("", "a", "c"), "a")).containsExactly("b both", "bb target", "c source");
  }

  @Test
  void continuesAfterAKey() {
    put("from", "a", "b", "c");

    assertThat(paired(ALL, "b")).containsExactly("c source");
  }

  @Test
  void aRangeMayHaveAPrefix() {
    put("from", "a/1", "b/1", "b/2", "c/1");
    put("to", "b/2", "bb");

    assertThat(paired(range("b/", "", ""), "")).containsExactly("b/1 source", "b/2 both");
  }

  @Test
  void readsAsManyPagesAsThereAre() {
    List<String> keys = IntStream.range(0, 2500).mapToObj("k%05d"::formatted).toList();
    put("from", keys.toArray(String[]::new));
    put("to", keys.subList(1000, 2000).toArray(String[]::new));

    List<String> paired = paired(ALL, "");

    assertThat(paired).hasSize(2500);
    assertThat(paired.stream().filter(line -> line.endsWith("both"))).hasSize(1000);
  }

  @Test
  void doesNotReadFarBeyondItsRange() {
    put("from", IntStream.range(0, 9000).mapToObj("k%05d"::formatted).toArray(String[]::new));

    assertThat(paired(range("", "", "k00009"), "")).hasSize(10);
    assertThat(store.calls(InMemoryObjectStore.Call.LIST)).isLessThanOrEqualTo(3);
  }

  @Test
  void aServerThatListsOutOfOrderIsAnError() {
    InMemoryObjectStore unordered = bucketsOrderedBy(Comparator.<String>naturalOrder());
    unordered.put("from", "\ud83d\ude80", "x");
    unordered.put("from", "\uff5e", "x");

    // Before the first key is given out: a mirror would delete by it.
    for (ThrowingCallable listing :
        List.<ThrowingCallable>of(
            () -> new KeyListing(unordered, "from", ALL, ""),
            () -> new HistoryListing(unordered, "from", ALL, ""))) {
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(listing)
          .withMessageContaining("from")
          .withMessageContaining("ascending order");
    }
  }

  @Test
  void aPageThatIsEmptyButNotTheLastOneDoesNotEndTheListing() {
    ObjectStore empty =
        (ObjectStore)
            Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(),
                new Class<?>[] {ObjectStore.class},
                (proxy, method, arguments) ->
                    CompletableFuture.completedStage(
                        method.getName().equals("list")
                            ? new ObjectPage(List.of(), false)
                            : new VersionPage(List.of(), false)));

    for (ThrowingCallable listing :
        List.<ThrowingCallable>of(
            () -> new KeyListing(empty, "from", ALL, ""),
            () -> new HistoryListing(empty, "from", ALL, ""))) {
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(listing)
          .satisfies(e -> assertThat(e.error().scope()).isEqualTo(StoreError.Scope.TRANSIENT));
    }
  }

  @Test
  void aFailingPageStopsTheListing() {
    put("from", IntStream.range(0, 1500).mapToObj("k%05d"::formatted).toArray(String[]::new));
    StoreError error = new StoreError("SlowDown", "slow down", StoreError.Scope.TRANSIENT);
    store.failCall(InMemoryObjectStore.Call.LIST, 2, error);

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> paired(ALL, ""))
        .satisfies(e -> assertThat(e.error()).isEqualTo(error));
  }

  private void put(String bucket, String... keys) {
    for (String key : keys) {
      store.put(bucket, key, "x");
    }
  }

  private List<String> paired(KeyRange range, String after) {
    return paired(store, range, after);
  }

  private static List<String> paired(InMemoryObjectStore store, KeyRange range, String after) {
    InMemoryStack stack = new InMemoryStack(store);
    PairedListing listing = new PairedListing(stack, stack, PAIR, range, after);
    List<String> lines = new ArrayList<>();
    while (listing.hasNext()) {
      Paired paired = listing.next();
      lines.add(paired.key() + side(paired));
    }
    return lines;
  }

  private static String side(Paired paired) {
    if (paired instanceof Paired.Both) {
      return " both";
    }
    return paired instanceof Paired.OnlySource ? " source" : " target";
  }

  private static KeyRange range(String prefix, String after, String through) {
    return new KeyRange("bucket-00-assets-0000", "assets", prefix, after, through);
  }

  private static InMemoryObjectStore bucketsOrderedBy(Comparator<String> order) {
    InMemoryObjectStore store = new InMemoryObjectStore(new ManualClock(), Runnable::run, order);
    store.createBucket("from");
    store.createBucket("to");
    return store;
  }
}
