package dev.vams.migration.core.plan;

import dev.vams.migration.core.plan.Unit.KeyRange;
import dev.vams.migration.core.store.BucketFeature;
import dev.vams.migration.core.store.ItemTable;
import dev.vams.migration.core.store.ItemUnits;
import dev.vams.migration.core.store.TableFacts.KeyAttribute;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What one run does, as written to the work bucket before anything is copied. The units themselves,
 * of which there may be many, are in files of their own.
 *
 * @param run the run's name
 * @param createdAt when the plan was made, ISO 8601 in UTC
 * @param schema what was asked for
 * @param phases the names of the phases, in order; empty when nothing is copied
 * @param buckets what the workers need to know of each bucket pair, by descriptor
 * @param tables what the workers need to know of each table pair, by descriptor
 * @param doneBefore how many units an earlier run had done already, when this one is a retry
 * @param notes what the operator should know before going on, in whole sentences
 */
public record MigrationPlan(
    String run,
    String createdAt,
    MigrationSchema schema,
    List<String> phases,
    Map<String, BucketPlan> buckets,
    Map<String, TablePlan> tables,
    int doneBefore,
    List<String> notes) {

  /**
   * The most items that are read at once. A page of 1 MB may have ten thousand small ones. To write
   * them takes half a minute where the service refuses some, all of which is repeated after a kill;
   * and each takes several times its size as long as it is read. 500 are 20 full batches, a round
   * of writes, so that the next page is there in time.
   */
  public static final int MOST_ITEMS_OF_PAGE = 500;

  /** Little beside the time that a worker keeps in reserve. */
  private static final int SECONDS_OF_WORK = 10;

  /**
   * What the workers need to know of a bucket pair.
   *
   * @param estimate about how much the source bucket holds
   * @param features what the source bucket has switched on
   * @param targetLocks whether the target bucket locks objects
   * @param allVersions whether all versions are copied, and not the current ones alone
   * @param units how many key ranges the source bucket was cut into
   * @param extraneous how many objects of the target the run would delete; counted in a dry run
   */
  public record BucketPlan(
      Estimate estimate,
      Set<BucketFeature> features,
      boolean targetLocks,
      boolean allVersions,
      int units,
      Estimate extraneous) {

    /** Of a pair that nothing is known of. */
    public static final BucketPlan NONE = new BucketPlan(Estimate.NONE, Set.of(), false);

    /** Of a pair whose current versions are copied, and whose target has nothing to be deleted. */
    public BucketPlan(Estimate estimate, Set<BucketFeature> features, boolean targetLocks) {
      this(estimate, features, targetLocks, false, 1, Estimate.NONE);
    }

    /** Takes a copy of the set. */
    public BucketPlan {
      features = Set.copyOf(features);
    }
  }

  /**
   * What the workers need to know of a table pair.
   *
   * @param keys the key attributes, partition key first; the same on both sides
   * @param indexKeys the key attributes of the target's indexes
   * @param approximateItems about how many items the source table holds
   * @param approximateItemBytes about how large one of them is, at least 1
   * @param globalIndexes how many global indexes the target has
   * @param segments how many segments the tables are read in
   * @param ceilings how much of the tables all workers together use
   * @param pace how much they will get at most, as far as that is known: the ceilings, or what is
   *     provisioned where that is less
   * @param extraneous how many items of the target the run would delete; counted in a dry run
   */
  public record TablePlan(
      List<KeyAttribute> keys,
      List<KeyAttribute> indexKeys,
      long approximateItems,
      long approximateItemBytes,
      int globalIndexes,
      int segments,
      Ceilings ceilings,
      Ceilings pace,
      Estimate extraneous) {

    /** Takes copies of the lists. */
    public TablePlan {
      keys = List.copyOf(keys);
      indexKeys = List.copyOf(indexKeys);
    }

    /** The names of the key attributes, partition key first. */
    public List<String> keyNames() {
      return keys.stream().map(KeyAttribute::name).toList();
    }

    /** What an item costs, at the source and the target. */
    public ItemUnits itemUnits() {
      return new ItemUnits(approximateItemBytes, globalIndexes);
    }
  }

  /**
   * How many units are used within a second at most, more than 0 each; empty for as many as the
   * service gives.
   *
   * @param sourceReads read units of the source table
   * @param targetReads read units of the target table
   * @param targetWrites write units of the target table
   */
  public record Ceilings(
      Optional<Double> sourceReads, Optional<Double> targetReads, Optional<Double> targetWrites) {

    /** As much as the service gives. */
    public static final Ceilings NONE =
        new Ceilings(Optional.empty(), Optional.empty(), Optional.empty());

    /** The lowest; infinite where there is none. */
    public double least() {
      return Stream.of(sourceReads, targetReads, targetWrites)
          .flatMap(Optional::stream)
          .mapToDouble(Double::doubleValue)
          .min()
          .orElse(Double.POSITIVE_INFINITY);
    }

    Ceilings dividedBy(int workers) {
      return new Ceilings(
          sourceReads.map(units -> units / workers),
          targetReads.map(units -> units / workers),
          targetWrites.map(units -> units / workers));
    }
  }

  /** Takes copies of the collections. */
  public MigrationPlan {
    phases = List.copyOf(phases);
    buckets = Map.copyOf(buckets);
    tables = Map.copyOf(tables);
    notes = List.copyOf(notes);
  }

  /** What is known of the bucket pair with this descriptor. */
  public BucketPlan known(String descriptor) {
    return buckets.getOrDefault(descriptor, BucketPlan.NONE);
  }

  /**
   * How many requests the worker of a key range may send to S3 within a second, so that all workers
   * of the pair together keep to what the schema allows. The allowed rate is divided by the workers
   * that can be at work on the pair at once; one that waits or has ended leaves its part unused.
   *
   * @return requests in a second; empty for as many as S3 takes
   */
  public Optional<Double> requestsPerSecond(KeyRange range) {
    int workers =
        Math.max(1, Math.min(schema.options().maxConcurrency(), known(range.descriptor()).units()));
    return schema.options().maxRequestsPerSecond().map(rate -> (double) rate / workers);
  }

  /**
   * How much of the tables the worker of one segment may use, so that all workers of the pair
   * together keep to the ceilings. They are divided by the workers that can be at work on the pair
   * at once; one that waits or has ended leaves its part unused.
   */
  public Ceilings ceilingsOfWorker(String descriptor) {
    return ofWorker(descriptor, TablePlan::ceilings);
  }

  private Ceilings ofWorker(String descriptor, Function<TablePlan, Ceilings> units) {
    TablePlan table = tables.get(descriptor);
    return units
        .apply(table)
        .dividedBy(Math.max(1, Math.min(schema.options().maxConcurrency(), table.segments())));
  }

  /**
   * How many items a page of a table has at most, so that reading and writing them take some ten
   * seconds of what the worker of one segment gets: between pages it can stop in time, and writes
   * down how far it has come.
   *
   * @return 1 to 500
   */
  public int itemsOfPage(String descriptor) {
    Ceilings worker = ofWorker(descriptor, TablePlan::pace);
    ItemUnits item = tables.get(descriptor).itemUnits();
    Ceilings items =
        new Ceilings(
            worker.sourceReads().map(units -> units / item.ofRead()),
            worker.targetReads().map(units -> units / item.ofRead()),
            worker.targetWrites().map(units -> units / item.ofWrite()));
    return (int) Math.max(1, Math.min(SECONDS_OF_WORK * items.least(), MOST_ITEMS_OF_PAGE));
  }

  /**
   * How many batches of writes the worker of one segment has in flight at most, so that all of them
   * have their place within some ten seconds of what it gets, and it ends in time.
   *
   * @return at least 1; empty where nobody knows what it gets
   */
  public Optional<Integer> writesInFlight(String descriptor) {
    double unitsOfBatch = ItemTable.WRITE_BATCH_SIZE * tables.get(descriptor).itemUnits().ofWrite();
    return ofWorker(descriptor, TablePlan::pace)
        .targetWrites()
        .map(units -> (int) Math.ceil(SECONDS_OF_WORK * units / unitsOfBatch));
  }

  /** Whether items are deleted that only the target of this table pair has. */
  public boolean deletesItems(String descriptor) {
    return table(descriptor).deletesExtraneous(schema.options());
  }

  /** The bucket pair with this descriptor. */
  public BucketPair bucket(String descriptor) {
    return schema.buckets().stream()
        .filter(pair -> pair.descriptor().equals(descriptor))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no bucket pair " + descriptor));
  }

  /** The table pair with this descriptor. */
  public TablePair table(String descriptor) {
    return schema.tables().stream()
        .filter(pair -> pair.descriptor().equals(descriptor))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no table pair " + descriptor));
  }
}
