package dev.vams.migration.core.verify;

import static dev.vams.migration.core.TwoStacks.ASSETS;
import static dev.vams.migration.core.TwoStacks.plan;
import static dev.vams.migration.core.plan.IfTargetNotEmpty.FAIL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vams.migration.core.TwoStacks;
import dev.vams.migration.core.journal.CompareCursor;
import dev.vams.migration.core.journal.Comparison;
import dev.vams.migration.core.journal.Mismatch;
import dev.vams.migration.core.limit.Deadline;
import dev.vams.migration.core.plan.Unit.KeyRange;
import dev.vams.migration.core.store.InMemoryObjectStore.Call;
import dev.vams.migration.core.store.StoreError;
import dev.vams.migration.core.store.StoreException;
import dev.vams.migration.core.store.StoredObject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class KeyRangeComparerTest {
  private static final KeyRange ALL = new KeyRange("unit-0", "assets", "", "", "");

  private final TwoStacks stacks = new TwoStacks();
  private final ComparedTotals compared = new ComparedTotals();

  @Test
  void equalSidesHaveEqualDigestsAndNoMismatch() {
    stacks.putSource("a", "x");
    stacks.putTarget("a", "x");

    Comparison found = compare();

    assertThat(found.mismatches()).isZero();
    assertThat(found.source()).isEqualTo(found.target());
    assertThat(found.source().count()).isEqualTo(1);
    assertThat(stacks.journal().compared("unit-0").orElseThrow().comparison()).isEqualTo(found);
  }

  @Test
  void tellsOfEachKeyOnceWithTheBytesOfTheSource() {
    stacks.putSource("a", "same");
    stacks.putTarget("a", "same");
    stacks.putSource("b", "missing");
    stacks.putTarget("c", "extra");

    compare();

    assertThat(compared.entries()).isEqualTo(3);
    assertThat(compared.bytes()).isEqualTo("same".length() + "missing".length());
  }

  @Test
  void findsWhatIsMissingAndWhatIsExtra() {
    stacks.putSource("a", "x");
    stacks.putTarget("b", "x");

    Comparison found = compare();

    assertThat(found.missing()).isEqualTo(1);
    assertThat(found.extra()).isEqualTo(1);
    assertThat(mismatches())
        .containsExactly(mismatch("a", Mismatch.Kind.MISSING, "the target has no such object"));
  }

  @Test
  void findsOtherSizesAndOtherContent() {
    stacks.objects().put(ASSETS.from(), "a", StoredObject.of("x").ofSize(1234567));
    stacks.putTarget("a", "x");
    stacks.putSource("b", "xy");
    stacks.putTarget("b", "yx");

    assertThat(compare().different()).isEqualTo(2);
    assertThat(mismatches())
        .containsExactlyInAnyOrder(
            mismatch(
                "a", Mismatch.Kind.DIFFERENT, "1,234,567 bytes at the source, 1 at the target"),
            mismatch("b", Mismatch.Kind.DIFFERENT, "equal sizes, different checksums or ETags"));
  }

  @Test
  void countsWhatCanOnlyBeComparedBySize() {
    stacks.objects().put(ASSETS.from(), "a", StoredObject.of("x").uploadedInParts("p-2"));
    stacks.putTarget("a", "x");

    Comparison found = compare();

    assertThat(found.sizeOnly()).isEqualTo(1);
    assertThat(found.mismatches()).isZero();
  }

  @Test
  void goesOnWhereTheWorkerBeforeStoppedAndFindsTheSame() {
    for (int i = 0; i < 2500; i++) {
      stacks.putSource("k%05d".formatted(i), "x");
      if (i % 100 != 0) {
        stacks.putTarget("k%05d".formatted(i), "x");
      }
    }
    CompareStep step = compare(Optional.empty(), after(1000));
    int workers = 1;
    while (step instanceof CompareStep.Paused paused) {
      step = compare(Optional.of(paused.cursor()), after(1000));
      workers++;
    }
    Comparison interrupted = ((CompareStep.Done) step).comparison();

    assertThat(workers).isEqualTo(3);
    assertThat(interrupted.missing()).isEqualTo(25);
    assertThat(mismatches()).hasSize(25);
    assertThat(compare()).isEqualTo(interrupted);
  }

  private static Deadline after(int keys) {
    AtomicInteger left = new AtomicInteger(keys);
    return () -> left.decrementAndGet() <= 0;
  }

  @Test
  void aFailingFingerprintStopsTheUnit() {
    stacks.putSource("a", "xy");
    stacks.putTarget("a", "yx");
    StoreError error = new StoreError("SlowDown", "slow", StoreError.Scope.TRANSIENT);
    stacks.objects().failCall(Call.FINGERPRINT, 1, error);

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(this::compare)
        .satisfies(e -> assertThat(e.error()).isEqualTo(error));
    assertThat(stacks.journal().compared("unit-0")).isEmpty();
  }

  @Test
  void objectsThatMayNotBeLookedAtAreNotVerifiedBySizeAlone() {
    stacks.putSource("a", "xy");
    stacks.putTarget("a", "yx");
    StoreError denied = new StoreError("HTTP 403", "status 403", StoreError.Scope.UNIT);
    stacks.objects().failCall(Call.FINGERPRINT, 1, denied);

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(this::compare)
        .satisfies(e -> assertThat(e.error()).isEqualTo(denied));
    assertThat(stacks.journal().compared("unit-0")).isEmpty();
  }

  private Comparison compare() {
    return ((CompareStep.Done) compare(Optional.empty(), () -> false)).comparison();
  }

  private CompareStep compare(Optional<CompareCursor> cursor, Deadline deadline) {
    return new KeyRangeComparer(stacks.source(), stacks.target(), compared, 8)
        .compare(stacks.journal(), plan(FAIL), ALL, cursor, deadline);
  }

  private List<Mismatch> mismatches() {
    return stacks.journal().mismatches(100).toList();
  }

  private static Mismatch mismatch(String key, Mismatch.Kind kind, String detail) {
    return new Mismatch("unit-0", "assets", key, kind, detail);
  }
}
