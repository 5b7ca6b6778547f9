package dev.vams.migration.core.verify;

import static dev.vams.migration.core.TwoStacks.ASSETS;
import static dev.vams.migration.core.plan.IfTargetNotEmpty.FAIL;
import static dev.vams.migration.core.plan.IfTargetNotEmpty.OVERWRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.vams.migration.core.TwoStacks;
import dev.vams.migration.core.journal.CompareCursor;
import dev.vams.migration.core.journal.Comparison;
import dev.vams.migration.core.journal.Mismatch;
import dev.vams.migration.core.limit.Deadline;
import dev.vams.migration.core.limit.ManualClock;
import dev.vams.migration.core.plan.IfTargetNotEmpty;
import dev.vams.migration.core.plan.Unit.KeyRange;
import dev.vams.migration.core.store.StoredObject;
import java.util.List;
import java.util.Optional;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HistoryComparerTest {
  private static final KeyRange ALL = new KeyRange("unit-0", "assets", "", "", "");
  private static final Deadline NEVER = () -> false;
  private static final String DELETED = "";

  private final TwoStacks stacks = new TwoStacks();

  @BeforeEach
  void keepVersions() {
    stacks.keepVersions();
  }

  @Test
  void equalHistoriesAreCounted() {
    for (String bucket : List.of(ASSETS.from(), ASSETS.to())) {
      write(bucket, "a", "one", DELETED, "two");
      write(bucket, "b", DELETED, "x");
    }

    Comparison found = compare(FAIL);

    assertThat(found.mismatches()).isZero();
    assertThat(found.source().count()).isEqualTo(5);
    assertThat(found.target().count()).isEqualTo(5);
    assertThat(found.sourceDeleteMarkers()).isEqualTo(2);
    assertThat(found.targetDeleteMarkers()).isEqualTo(2);
  }

  @Test
  void namesWhatIsMissing() {
    write(ASSETS.from(), "a", "one", DELETED, "two");
    write(ASSETS.to(), "a", "one", "two");
    write(ASSETS.from(), "b", "x", "y");

    assertThat(compare(FAIL).missing()).isEqualTo(3);
    assertThat(mismatches())
        .containsExactlyInAnyOrder(
            tuple(
                "a",
                Mismatch.Kind.MISSING,
                "version 2 (v2), a delete marker, is not at the target"),
            tuple(
                "b",
                Mismatch.Kind.MISSING,
                "version 1 (v6), 1 bytes with the ETag 9dd4e461268c8034f5c8564e155c67a6, is not at"
                    + " the target"),
            tuple(
                "b",
                Mismatch.Kind.MISSING,
                "version 2 (v7), 1 bytes with the ETag 415290769594460e2e485922904f345d, is not at"
                    + " the target"));
  }

  @Test
  void namesAVersionThatWasWrittenTwice() {
    write(ASSETS.from(), "a", "one", "two", "three");
    write(ASSETS.to(), "a", "one", "two", "two", "three");

    assertThat(compare(FAIL).mismatches()).isEqualTo(1);
    assertThat(mismatches())
        .containsExactly(
            tuple(
                "a",
                Mismatch.Kind.SURPLUS,
                "the target's version 3 (v6), 3 bytes with the ETag"
                    + " b8a9f715dbb64fd5c56e7783c6820a61, is not in the source's history"));
  }

  @Test
  void namesOtherContentAndAnotherOrder() {
    write(ASSETS.from(), "a", "one", "two");
    write(ASSETS.to(), "a", "one", "owt");
    write(ASSETS.from(), "b", "x", DELETED);
    write(ASSETS.to(), "b", DELETED, "x");

    assertThat(compare(FAIL).mismatches()).isEqualTo(3);
    assertThat(mismatches())
        .extracting(tuple -> tuple.toList().get(0), tuple -> tuple.toList().get(1))
        .containsExactlyInAnyOrder(
            tuple("a", Mismatch.Kind.DIFFERENT),
            tuple("b", Mismatch.Kind.SURPLUS),
            tuple("b", Mismatch.Kind.MISSING));
  }

  @Test
  void whatWasBeforeIsExtraOnlyUnderOverwrite() {
    write(ASSETS.from(), "a", "one", "two");
    write(ASSETS.to(), "a", "before", "one", "two");
    write(ASSETS.to(), "only here", "x", DELETED);

    Comparison overwritten = compare(OVERWRITE);

    assertThat(overwritten.mismatches()).isZero();
    assertThat(overwritten.extra()).isEqualTo(3);
    assertThat(compare(FAIL).mismatches()).isEqualTo(1);
  }

  @Test
  void whereOnlySizesCanBeComparedTheyAreCounted() {
    StoredObject object = StoredObject.of("scan");
    stacks.objects().put(ASSETS.from(), "a", object.uploadedInParts("x-2"));
    stacks.objects().put(ASSETS.to(), "a", object.uploadedInParts("y-1"));

    Comparison found = compare(FAIL);

    assertThat(found.mismatches()).isZero();
    assertThat(found.sizeOnly()).isEqualTo(1);
  }

  @Test
  void mismatchesAreWrittenDownWithinALongHistoryToo() {
    for (int version = 0; version < 21_000; version++) {
      write(ASSETS.from(), "a", DELETED);
    }

    assertThat(compare(FAIL).missing()).isEqualTo(21_000);

    assertThat(stacks.work().written()).filteredOn(key -> key.contains("unit-0/")).hasSize(2);
  }

  @Test
  void mismatchesOfFewKeysWithManyVersionsAreWrittenDown() {
    for (int key = 0; key < 21; key++) {
      for (int version = 0; version < 1000; version++) {
        write(ASSETS.from(), "key-" + key, DELETED);
      }
    }

    assertThat(compare(FAIL).missing()).isEqualTo(21_000);

    assertThat(stacks.work().written()).filteredOn(key -> key.contains("unit-0/")).hasSize(2);
  }

  @Test
  void whatIsOlderThanItsSourceIsDifferentWhereOnlySizesCanBeCompared() {
    StoredObject object = StoredObject.of("scan");
    stacks
        .objects()
        .put(
            ASSETS.from(),
            "a",
            object.uploadedInParts("x-2").writtenAt(ManualClock.START.plusSeconds(1)));
    stacks
        .objects()
        .put(ASSETS.to(), "a", object.uploadedInParts("y-1").writtenAt(ManualClock.START));

    assertThat(compare(FAIL).different()).isEqualTo(1);
    assertThat(compare(FAIL).sizeOnly()).isZero();
  }

  @Test
  void namesEachRepetitionOfAVersion() {
    write(ASSETS.from(), "a", "one", "two");
    write(ASSETS.to(), "a", "one", "one", "one", "two", "two");

    assertThat(compare(FAIL).mismatches()).isEqualTo(3);
    assertThat(mismatches())
        .extracting(tuple -> tuple.toList().get(1))
        .containsOnly(Mismatch.Kind.SURPLUS);
  }

  @Test
  void goesOnWhereAWorkerStopped() {
    for (String bucket : List.of(ASSETS.from(), ASSETS.to())) {
      write(bucket, "a", "one", DELETED);
      write(bucket, "b", "two");
    }

    CompareStep first = compare(FAIL, Optional.empty(), () -> true);
    CompareCursor cursor = ((CompareStep.Paused) first).cursor();
    CompareStep second = compare(FAIL, Optional.of(cursor), NEVER);

    assertThat(((CompareStep.Done) second).comparison()).isEqualTo(compare(FAIL));
  }

  private void write(String bucket, String key, String... contents) {
    for (String content : contents) {
      if (content.equals(DELETED)) {
        stacks.objects().delete(bucket, key);
      } else {
        stacks.objects().put(bucket, key, content);
      }
    }
  }

  private Comparison compare(IfTargetNotEmpty policy) {
    return ((CompareStep.Done) compare(policy, Optional.empty(), NEVER)).comparison();
  }

  private CompareStep compare(
      IfTargetNotEmpty policy, Optional<CompareCursor> cursor, Deadline deadline) {
    return new KeyRangeComparer(stacks.source(), stacks.target(), (unit, entries, bytes) -> {}, 8)
        .compare(stacks.journal(), TwoStacks.planOfVersions(policy), ALL, cursor, deadline);
  }

  private List<Tuple> mismatches() {
    return stacks
        .journal()
        .mismatches(10)
        .map(mismatch -> tuple(mismatch.entry(), mismatch.kind(), mismatch.detail()))
        .toList();
  }
}
