package dev.vams.migration.core.transfer;

import static dev.vams.migration.core.TwoStacks.ASSETS;
import static dev.vams.migration.core.TwoStacks.RUN;
import static dev.vams.migration.core.plan.IfTargetNotEmpty.OVERWRITE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vams.migration.core.TwoStacks;
import dev.vams.migration.core.journal.CopyCursor;
import dev.vams.migration.core.journal.NotCarried;
import dev.vams.migration.core.journal.Tally;
import dev.vams.migration.core.limit.Deadline;
import dev.vams.migration.core.limit.ManualClock;
import dev.vams.migration.core.limit.RecordingPause;
import dev.vams.migration.core.plan.BucketPair;
import dev.vams.migration.core.plan.Estimate;
import dev.vams.migration.core.plan.MigrationPlan;
import dev.vams.migration.core.plan.MigrationPlan.BucketPlan;
import dev.vams.migration.core.plan.MigrationSchema;
import dev.vams.migration.core.plan.Mode;
import dev.vams.migration.core.plan.Options;
import dev.vams.migration.core.plan.Order;
import dev.vams.migration.core.plan.Unit.KeyRange;
import dev.vams.migration.core.store.BucketFeature;
import dev.vams.migration.core.store.Encryption;
import dev.vams.migration.core.store.InMemoryObjectStore.Call;
import dev.vams.migration.core.store.ObjectFeatures;
import dev.vams.migration.core.store.ObjectLock;
import dev.vams.migration.core.store.StoreError;
import dev.vams.migration.core.store.StoredObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a copy does not carry by itself, on both ways: in one call, and in parts. */
class ObjectFeaturesTest {
  private static final long IN_PARTS = 200;
  private static final TransferLimits LIMITS = TransferLimits.DEFAULT.withSizes(100, 10);
  private static final Set<BucketFeature> ALL_FEATURES = Set.of(BucketFeature.values());
  private static final Instant NEXT_YEAR = ManualClock.START.plus(Duration.ofDays(365));
  private static final ObjectLock LOCK = lockedUntil(NEXT_YEAR);

  private final TwoStacks stacks = new TwoStacks();

  private static ObjectLock lockedUntil(Instant end) {
    return new ObjectLock(Optional.of(new ObjectLock.Retention("COMPLIANCE", end)), true);
  }

  @Test
  void noObjectIsLookedAtWhereItsBucketCanHaveNothing() {
    putBoth(new ObjectFeatures(LOCK, List.of("ACL")));

    copy(Set.of(), true);

    assertThat(stacks.objects().calls(Call.FEATURES)).isZero();
    assertThat(notCarried()).isEmpty();
  }

  @Test
  void retentionAndLegalHoldAreCarried() {
    putBoth(new ObjectFeatures(LOCK, List.of()));

    assertThat(copy(ALL_FEATURES, true)).isEqualTo(new CopyStep.Done(new Tally(2, 0, 0, 0, 201)));

    assertThat(target("small").features().lock()).isEqualTo(LOCK);
    assertThat(target("large").features().lock()).isEqualTo(LOCK);
    assertThat(notCarried()).isEmpty();
  }

  @Test
  void aRetentionThatHasEndedIsNothingToCarry() {
    putBoth(new ObjectFeatures(lockedUntil(ManualClock.START), List.of()));

    copy(ALL_FEATURES, true);

    ObjectLock held = new ObjectLock(Optional.empty(), true);
    assertThat(target("small").features().lock()).isEqualTo(held);
    assertThat(target("large").features().lock()).isEqualTo(held);
  }

  @Test
  void whatTheTargetCannotHoldIsRecordedForEachObjectAndCounted() {
    putBoth(new ObjectFeatures(LOCK, List.of("ACL: READ to all", "website redirect to /x")));

    CopyStep step = copy(ALL_FEATURES, false);

    assertThat(step).isEqualTo(new CopyStep.Done(new Tally(2, 0, 0, 0, 201, 2, 0, 0, 0)));
    String what =
        "ACL: READ to all; website redirect to /x; retention COMPLIANCE until %s; legal hold"
            .formatted(NEXT_YEAR);
    assertThat(notCarried())
        .containsExactlyInAnyOrder(
            new NotCarried("unit-0", "small", what), new NotCarried("unit-0", "large", what));
    assertThat(target("large").features()).isEqualTo(ObjectFeatures.NONE);
  }

  @Test
  void whatAnObjectThatIsNotCopiedHasIsNotRecorded() {
    putBoth(new ObjectFeatures(ObjectLock.NONE, List.of("ACL: READ to all")));
    StoreError denied = new StoreError("AccessDenied", "no", StoreError.Scope.ENTRY);
    stacks.objects().refuseCopy("small", denied);
    stacks.objects().refuseCopy("large", denied);

    copy(ALL_FEATURES, false);

    assertThat(notCarried()).isEmpty();
  }

  @Test
  void theRecordsOfAStoppedWorkerAreNotCountedTwice() {
    ObjectFeatures shared = new ObjectFeatures(ObjectLock.NONE, List.of("ACL: READ to all"));
    for (String key : List.of("a", "b", "c")) {
      stacks.objects().put(ASSETS.from(), key, StoredObject.of("x").with(shared));
    }
    CopyStep first = copy(ALL_FEATURES, false, Optional.empty(), () -> true);
    CopyCursor cursor = ((CopyStep.Paused) first).cursor();

    CopyStep last = copy(ALL_FEATURES, false, Optional.of(cursor), () -> false);

    assertThat(last).isEqualTo(new CopyStep.Done(new Tally(3, 0, 0, 0, 3, 3, 0, 0, 0)));
    assertThat(notCarried()).extracting(NotCarried::entry).containsExactly("a", "b", "c");
  }

  @Test
  void bothWaysEncryptAsThePairSays() {
    putBoth(ObjectFeatures.NONE);
    Optional<Encryption> encryption =
        Optional.of(
            new Encryption(
                Encryption.Type.SSE_KMS, Optional.of("arn:aws:kms:eu-west-1:1:key/1"), true));

    copy(
        new BucketPair(ASSETS.descriptor(), ASSETS.from(), ASSETS.to(), encryption),
        Set.of(),
        true,
        Optional.empty(),
        () -> false);

    assertThat(target("small").encryption()).isEqualTo(encryption);
    assertThat(target("large").encryption()).isEqualTo(encryption);
  }

  private void putBoth(ObjectFeatures features) {
    stacks.objects().put(ASSETS.from(), "small", StoredObject.of("x").with(features));
    stacks
        .objects()
        .put(ASSETS.from(), "large", StoredObject.of("y").ofSize(IN_PARTS).with(features));
  }

  private StoredObject target(String key) {
    return stacks.objects().object(ASSETS.to(), key);
  }

  private List<NotCarried> notCarried() {
    return stacks.journal().notCarried(10).toList();
  }

  private CopyStep copy(Set<BucketFeature> features, boolean targetLocks) {
    return copy(features, targetLocks, Optional.empty(), () -> false);
  }

  private CopyStep copy(
      Set<BucketFeature> features,
      boolean targetLocks,
      Optional<CopyCursor> cursor,
      Deadline deadline) {
    return copy(ASSETS, features, targetLocks, cursor, deadline);
  }

  private CopyStep copy(
      BucketPair pair,
      Set<BucketFeature> features,
      boolean targetLocks,
      Optional<CopyCursor> cursor,
      Deadline deadline) {
    MigrationSchema schema =
        new MigrationSchema(
            "us-east-1",
            "eu-west-1",
            List.of(pair),
            List.of(),
            new Options(Mode.MIGRATE, OVERWRITE, Order.TOGETHER, 1),
            "");
    MigrationPlan plan =
        new MigrationPlan(
            RUN,
            ManualClock.START.toString(),
            schema,
            List.of("copy"),
            Map.of(pair.descriptor(), new BucketPlan(Estimate.NONE, features, targetLocks)),
            Map.of(),
            0,
            List.of());
    return new KeyRangeCopier(
            stacks.source(),
            stacks.target(),
            LIMITS.objects(),
            LIMITS,
            (unit, change) -> {},
            stacks.clock(),
            TwoStacks.BACKOFF,
            new RecordingPause())
        .copy(
            stacks.journal(),
            plan,
            new KeyRange("unit-0", pair.descriptor(), "", "", ""),
            cursor,
            deadline);
  }
}
