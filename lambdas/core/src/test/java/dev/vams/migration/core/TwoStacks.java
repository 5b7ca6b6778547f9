package dev.vams.migration.core;

import dev.vams.migration.core.journal.Comparison;
import dev.vams.migration.core.journal.Journal;
import dev.vams.migration.core.json.JacksonCodec;
import dev.vams.migration.core.limit.Backoff;
import dev.vams.migration.core.limit.LargestRandom;
import dev.vams.migration.core.limit.ManualClock;
import dev.vams.migration.core.plan.BucketPair;
import dev.vams.migration.core.plan.Estimate;
import dev.vams.migration.core.plan.IfTargetNotEmpty;
import dev.vams.migration.core.plan.MigrationPlan;
import dev.vams.migration.core.plan.MigrationPlan.BucketPlan;
import dev.vams.migration.core.plan.MigrationPlan.Ceilings;
import dev.vams.migration.core.plan.MigrationPlan.TablePlan;
import dev.vams.migration.core.plan.MigrationSchema;
import dev.vams.migration.core.plan.Mode;
import dev.vams.migration.core.plan.Operation;
import dev.vams.migration.core.plan.Options;
import dev.vams.migration.core.plan.Order;
import dev.vams.migration.core.plan.Rename;
import dev.vams.migration.core.plan.TablePair;
import dev.vams.migration.core.plan.Unit.KeyRange;
import dev.vams.migration.core.store.BucketFacts.Versioning;
import dev.vams.migration.core.store.InMemoryItemTable;
import dev.vams.migration.core.store.InMemoryObjectStore;
import dev.vams.migration.core.store.InMemoryStack;
import dev.vams.migration.core.store.InMemoryWorkStore;
import dev.vams.migration.core.store.KeyOrder;
import dev.vams.migration.core.store.TableFacts.KeyAttribute;
import dev.vams.migration.core.verify.CompareStep;
import dev.vams.migration.core.verify.KeyRangeComparer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;

/**
 * Stack A and stack B in memory, with one bucket and one table each, and the journal of one run.
 */
public final class TwoStacks {
  public static final String RUN = "run-1";
  public static final BucketPair ASSETS = new BucketPair("assets", "blue-assets", "green-assets");
  public static final String TABLE = "assetTable";
  public static final String BLUE_TABLE = "blue-table";
  public static final String GREEN_TABLE = "green-table";
  public static final String KEY = "id";
  public static final TablePlan TABLE_PLAN =
      new TablePlan(
          List.of(new KeyAttribute(KEY, "S")),
          List.of(),
          0,
          1024,
          0,
          1,
          Ceilings.NONE,
          Ceilings.NONE,
          Estimate.NONE);

  /** How long is waited before repetitions, by a pause that only notes it. */
  public static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(50), Duration.ofSeconds(5), new LargestRandom());

  private final ManualClock clock = new ManualClock();
  private final InMemoryObjectStore objects;
  private final InMemoryStack source;
  private final InMemoryStack target;
  private final InMemoryWorkStore work = new InMemoryWorkStore();

  /** Two stacks whose services answer at once. */
  public TwoStacks() {
    this(Runnable::run);
  }

  /**
   * @param threads on which the services answer
   */
  public TwoStacks(Executor threads) {
    objects = new InMemoryObjectStore(clock, threads, KeyOrder.UTF_8);
    objects.createBucket(ASSETS.from());
    objects.createBucket(ASSETS.to());
    source = new InMemoryStack(objects);
    target = new InMemoryStack(objects);
    source.add(BLUE_TABLE, table(threads));
    target.add(GREEN_TABLE, table(threads));
  }

  private static InMemoryItemTable table(Executor threads) {
    return new InMemoryItemTable(List.of(new KeyAttribute(KEY, "S")), 1000, threads);
  }

  /** From now on both buckets are empty, and keep versions. */
  public void keepVersions() {
    objects.createBucket(ASSETS.from(), Versioning.ENABLED);
    objects.createBucket(ASSETS.to(), Versioning.ENABLED);
  }

  /** The histories of all keys of a bucket, oldest versions first: content or delete marker. */
  public Map<String, List<String>> histories(String bucket) {
    Map<String, List<String>> histories = new TreeMap<>(KeyOrder.UTF_8);
    for (String key : objects.keysWithHistory(bucket)) {
      histories.put(
          key,
          objects.history(bucket, key).stream()
              .map(
                  version ->
                      version.isDeleteMarker()
                          ? "deleted"
                          : version.size() + " bytes, " + version.etag().replaceFirst("-.*", ""))
              .toList());
    }
    return histories;
  }

  public ManualClock clock() {
    return clock;
  }

  public InMemoryObjectStore objects() {
    return objects;
  }

  public InMemoryStack source() {
    return source;
  }

  public InMemoryStack target() {
    return target;
  }

  public InMemoryItemTable sourceTable() {
    return source.table(BLUE_TABLE);
  }

  public InMemoryItemTable targetTable() {
    return target.table(GREEN_TABLE);
  }

  public InMemoryWorkStore work() {
    return work;
  }

  public Journal journal() {
    return journal(RUN);
  }

  public Journal journal(String run) {
    return new Journal(work, new JacksonCodec(), run);
  }

  /** Puts an object into the source bucket. */
  public void putSource(String key, String content) {
    objects.put(ASSETS.from(), key, content);
  }

  /** Puts an object into the target bucket. */
  public void putTarget(String key, String content) {
    objects.put(ASSETS.to(), key, content);
  }

  /** The schema of both pairs. */
  public static MigrationSchema schema(Options options, String retryOf, Rename... renames) {
    return new MigrationSchema(
        "us-east-1",
        "eu-west-1",
        List.of(ASSETS),
        List.of(new TablePair(TABLE, BLUE_TABLE, GREEN_TABLE, List.of(renames))),
        options,
        retryOf);
  }

  /** A plan to migrate both pairs, the table in one segment. */
  public static MigrationPlan plan(IfTargetNotEmpty policy, Rename... renames) {
    return plan(schema(new Options(Mode.MIGRATE, policy, Order.TOGETHER, 40), "", renames));
  }

  /** A plan for the pair of tables alone. */
  public static MigrationPlan plan(Options options, TablePair pair) {
    return plan(
        new MigrationSchema("us-east-1", "eu-west-1", List.of(), List.of(pair), options, ""));
  }

  /** A pair of the two tables whose items are changed. */
  public static TablePair tables(Operation... operations) {
    return new TablePair(TABLE, BLUE_TABLE, GREEN_TABLE, List.of()).with(List.of(operations));
  }

  /** A plan to migrate both pairs, the table in one segment. */
  public static MigrationPlan plan(MigrationSchema schema) {
    return plan(schema, BucketPlan.NONE, TABLE_PLAN);
  }

  /** A plan to migrate both pairs, of whose tables this is known. */
  public static MigrationPlan plan(IfTargetNotEmpty policy, TablePlan table) {
    return plan(
        schema(new Options(Mode.MIGRATE, policy, Order.TOGETHER, 40), ""), BucketPlan.NONE, table);
  }

  /** A plan to copy all versions. */
  public static MigrationPlan planOfVersions(IfTargetNotEmpty policy) {
    return planOfVersions(new Options(Mode.MIGRATE, policy, Order.TOGETHER, 40));
  }

  /** A plan to copy all versions. */
  public static MigrationPlan planOfVersions(Options options) {
    return plan(
        schema(options, ""),
        new BucketPlan(Estimate.NONE, Set.of(), false, true, 1, Estimate.NONE),
        TABLE_PLAN);
  }

  /** A comparison of all keys, by the plan of whoever has copied them. */
  public Comparison compared(MigrationPlan plan) {
    KeyRangeComparer comparer =
        new KeyRangeComparer(source, target, (unit, entries, bytes) -> {}, 8);
    KeyRange all = new KeyRange("unit-0", ASSETS.descriptor(), "", "", "");
    CompareStep step = comparer.compare(journal(), plan, all, Optional.empty(), () -> false);
    return ((CompareStep.Done) step).comparison();
  }

  private static MigrationPlan plan(
      MigrationSchema schema, BucketPlan bucketPlan, TablePlan tablePlan) {
    return new MigrationPlan(
        RUN,
        ManualClock.START.toString(),
        schema,
        List.of("copy"),
        Map.of(ASSETS.descriptor(), bucketPlan),
        Map.of(TABLE, tablePlan),
        0,
        List.of());
  }
}
