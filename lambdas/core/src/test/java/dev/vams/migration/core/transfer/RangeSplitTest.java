package dev.vams.migration.core.transfer;

import static dev.vams.migration.core.plan.IfTargetNotEmpty.FAIL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.vams.migration.core.TwoStacks;
import dev.vams.migration.core.inventory.SplitLimits;
import dev.vams.migration.core.journal.CopyCursor;
import dev.vams.migration.core.journal.DoneMarker;
import dev.vams.migration.core.journal.Failure;
import dev.vams.migration.core.journal.Position;
import dev.vams.migration.core.journal.Tally;
import dev.vams.migration.core.limit.Deadline;
import dev.vams.migration.core.limit.RecordingPause;
import dev.vams.migration.core.plan.Unit;
import dev.vams.migration.core.plan.Unit.KeyRange;
import dev.vams.migration.core.store.InMemoryObjectStore.Call;
import dev.vams.migration.core.store.StoreError;
import dev.vams.migration.core.store.WorkStoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RangeSplitTest {
  private static final KeyRange ALL = new KeyRange("unit-0", "assets", "", "", "");
  private static final Deadline NEVER = () -> false;
  private static final int KEYS = 200;

  /** 20 keys are far more than planned; they are looked at five at a time. */
  private static final TransferLimits EAGER =
      TransferLimits.DEFAULT.withSplits(new SplitLimits(0.01, 4, 100, 5, 10));

  private final TwoStacks stacks = new TwoStacks();
  private final List<Tally> heard = new ArrayList<>();

  @Test
  void theSecondWorkerSplitsWhatIsFarLargerThanPlanned() {
    putNumbered(KEYS);
    CopyCursor cursor = paused(copy(ALL, Optional.empty(), after(40)));

    CopyStep.Split split = split(copy(ALL, Optional.of(cursor), NEVER));

    assertThat(split.cursor()).isEqualTo(cursor);
    assertThat(split.shares())
        .containsExactly(
            new KeyRange("unit-0_01", "assets", "", "k0039", "k0079"),
            new KeyRange("unit-0_02", "assets", "", "k0079", "k0119"),
            new KeyRange("unit-0_03", "assets", "", "k0119", "k0159"),
            new KeyRange("unit-0_04", "assets", "", "k0159", ""));
    assertThat(stacks.objects().calls(Call.COPY)).isEqualTo(40);
    assertThat(stacks.journal().split("unit-0").orElseThrow().shares()).isEqualTo(split.shares());
  }

  @Test
  void theFirstWorkerOfARangeDoesNotLook() {
    putNumbered(KEYS);

    assertThat(copy(ALL, Optional.empty(), NEVER))
        .isEqualTo(new CopyStep.Done(new Tally(KEYS, 0, 0, 0, KEYS)));
  }

  @Test
  void aWorkerWithoutTimeDoesNotLook() {
    putNumbered(KEYS);
    CopyCursor cursor = paused(copy(ALL, Optional.empty(), after(40)));

    assertThat(copy(ALL, Optional.of(cursor), () -> true)).isInstanceOf(CopyStep.Paused.class);
    assertThat(stacks.journal().split("unit-0")).isEmpty();
  }

  @Test
  void whatIsNotFarLargerThanPlannedIsCopiedByTheNextWorker() {
    putNumbered(60);
    CopyCursor cursor = paused(copy(ALL, Optional.empty(), after(40)));

    assertThat(copy(ALL, Optional.of(cursor), NEVER))
        .isEqualTo(new CopyStep.Done(new Tally(60, 0, 0, 0, 60)));
    assertThat(stacks.journal().split("unit-0")).isEmpty();
  }

  @Test
  void theBooksOfTheUnitAreThoseOfOneWorkerAndNothingIsToldOrCopiedTwice() {
    putNumbered(KEYS);
    stacks.objects().refuseCopy("k0007", new StoreError("AccessDenied", "no", denied()));
    stacks.objects().refuseCopy("k0090", new StoreError("AccessDenied", "no", denied()));
    stacks.objects().refuseCopy("k0199", new StoreError("AccessDenied", "no", denied()));

    CopyStep step = copyAsTheWorkflowDoes();

    Tally expected = new Tally(KEYS - 3, 0, 0, 3, KEYS - 3);
    assertThat(step).isEqualTo(new CopyStep.Done(expected));
    assertThat(heard.stream().reduce(Tally.ZERO, Tally::plus)).isEqualTo(expected);
    DoneMarker done = stacks.journal().done("unit-0").orElseThrow();
    assertThat(done.tally()).isEqualTo(expected);
    assertThat(stacks.journal().failures(10))
        .extracting(Failure::unit, Failure::entry)
        .containsExactly(
            tuple("unit-0", "k0007"), tuple("unit-0_02", "k0090"), tuple("unit-0_04", "k0199"));
    copy(new KeyRange("other", "assets", "", "", ""), Optional.empty(), NEVER);
    assertThat(done.digest()).isEqualTo(stacks.journal().done("other").orElseThrow().digest());
  }

  @Test
  void aShareIsLeftToOneWorkerAfterAnother() {
    putNumbered(KEYS);
    KeyRange share = split().shares().get(3);
    CopyCursor cursor = paused(copy(share, Optional.empty(), after(2)));

    assertThat(copy(share, Optional.of(cursor), NEVER))
        .isEqualTo(new CopyStep.Done(new Tally(40, 0, 0, 0, 40)));
    assertThat(stacks.journal().split(share.id())).isEmpty();
  }

  @Test
  void aWorkerThatIsRepeatedAnswersWithTheSharesThatAreLeft() {
    putNumbered(KEYS);
    CopyStep.Split first = split();
    putNumbered(2 * KEYS);

    assertThat(copy(ALL, Optional.of(first.cursor()), NEVER)).isEqualTo(first);
    copy(first.shares().get(1), Optional.empty(), NEVER);
    assertThat(copy(ALL, Optional.empty(), () -> true))
        .isEqualTo(
            new CopyStep.Split(
                first.cursor(),
                List.of(first.shares().get(0), first.shares().get(2), first.shares().get(3))));
    assertThat(stacks.journal().done("unit-0")).isEmpty();
  }

  @Test
  void closingTheBooksOnceMoreChangesNothing() {
    putNumbered(KEYS);
    CopyStep step = copyAsTheWorkflowDoes();
    DoneMarker done = stacks.journal().done("unit-0").orElseThrow();

    assertThat(copy(ALL, Optional.empty(), NEVER)).isEqualTo(step);
    assertThat(stacks.journal().done("unit-0")).contains(done);
  }

  @Test
  void nothingIsHandedOutBeforeTheSplitIsWrittenDown() {
    putNumbered(KEYS);
    CopyCursor cursor = paused(copy(ALL, Optional.empty(), after(40)));
    stacks.work().refuseWriting("/splits/");

    assertThatExceptionOfType(WorkStoreException.class)
        .isThrownBy(() -> copy(ALL, Optional.of(cursor), NEVER));
  }

  /** It was believed dead, and went on behind the place where the range was split. */
  @Test
  void whatAnotherWorkerOfTheUnitWritesLaterIsNotCounted() {
    putNumbered(KEYS);
    stacks.objects().refuseCopy("k0050", new StoreError("AccessDenied", "no", denied()));
    CopyStep.Split split = split();
    CopyLedger late =
        CopyLedger.at(split.cursor(), stacks.journal(), ALL, this::hear, stacks.clock());
    late.failed("k0050", "AccessDenied: no", "");
    late.pause(new Position.AfterKey("k0060"));
    for (KeyRange share : split.shares()) {
      copy(share, Optional.empty(), NEVER);
    }

    copy(ALL, Optional.of(split.cursor()), NEVER);

    assertThat(stacks.journal().done("unit-0").orElseThrow().tally())
        .isEqualTo(new Tally(KEYS - 1, 0, 0, 1, KEYS - 1));
    assertThat(stacks.journal().failures(10))
        .extracting(Failure::unit)
        .containsExactly("unit-0_01");
  }

  private static StoreError.Scope denied() {
    return StoreError.Scope.ENTRY;
  }

  private CopyStep.Split split() {
    CopyCursor cursor = paused(copy(ALL, Optional.empty(), after(40)));
    return split(copy(ALL, Optional.of(cursor), NEVER));
  }

  /** As the definition says: the shares first, each by as many workers as it takes. */
  private CopyStep copyAsTheWorkflowDoes() {
    CopyStep.Split split = split();
    for (KeyRange share : split.shares()) {
      Optional<CopyCursor> cursor = Optional.empty();
      while (copy(share, cursor, after(15)) instanceof CopyStep.Paused paused) {
        cursor = Optional.of(paused.cursor());
      }
    }
    return copy(ALL, Optional.of(split.cursor()), NEVER);
  }

  private void putNumbered(int count) {
    for (int i = 0; i < count; i++) {
      stacks.putSource("k%04d".formatted(i), "x");
    }
  }

  /** So many copies from now. */
  private Deadline after(int keys) {
    int end = stacks.objects().calls(Call.COPY) + keys;
    return () -> stacks.objects().calls(Call.COPY) >= end;
  }

  private void hear(Unit unit, Tally change) {
    heard.add(change);
  }

  private CopyStep copy(KeyRange range, Optional<CopyCursor> cursor, Deadline deadline) {
    return new KeyRangeCopier(
            stacks.source(),
            stacks.target(),
            EAGER.objects(),
            EAGER,
            this::hear,
            stacks.clock(),
            TwoStacks.BACKOFF,
            new RecordingPause())
        .copy(stacks.journal(), TwoStacks.plan(FAIL), range, cursor, deadline);
  }

  private static CopyCursor paused(CopyStep step) {
    return ((CopyStep.Paused) step).cursor();
  }

  private static CopyStep.Split split(CopyStep step) {
    return (CopyStep.Split) step;
  }
}
