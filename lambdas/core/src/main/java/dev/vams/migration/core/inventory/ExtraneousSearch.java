package dev.vams.migration.core.inventory;

import dev.vams.migration.core.digest.CanonicalKeys;
import dev.vams.migration.core.journal.Deletion;
import dev.vams.migration.core.journal.Journal;
import dev.vams.migration.core.journal.RecordLog;
import dev.vams.migration.core.limit.Deadline;
import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.listing.ItemLookup;
import dev.vams.migration.core.listing.Paired;
import dev.vams.migration.core.listing.PairedHistories;
import dev.vams.migration.core.listing.PairedHistory;
import dev.vams.migration.core.listing.PairedListing;
import dev.vams.migration.core.plan.BucketPair;
import dev.vams.migration.core.plan.Estimate;
import dev.vams.migration.core.plan.Unit.KeyRange;
import dev.vams.migration.core.plan.Unit.Segment;
import dev.vams.migration.core.store.Item;
import dev.vams.migration.core.store.ItemPage;
import dev.vams.migration.core.store.ItemTable;
import dev.vams.migration.core.store.Stack;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Finds what a run would delete as the run itself would find it, and writes it down. Of buckets,
 * both sides of each key range are listed, which costs a list call for each 1,000 keys of either
 * side; of tables, the target is read and its keys are looked up at the source.
 */
final class ExtraneousSearch {
  private final Stack source;
  private final Stack target;
  private final Journal journal;

  ExtraneousSearch(Stack source, Stack target, Journal journal) {
    this.source = source;
    this.target = target;
    this.journal = journal;
  }

  /**
   * How many objects of a target the source has not.
   *
   * @param allVersions whether the run would copy all versions: then a key of which the source has
   *     any is not one to delete
   * @param ranges all of the pair
   * @param deadline when to be content with what was found
   */
  Estimate search(BucketPair pair, boolean allVersions, List<KeyRange> ranges, Deadline deadline) {
    long found = 0;
    for (KeyRange range : ranges) {
      if (deadline.reached()) {
        return new Estimate(found, true);
      }
      Estimate inRange =
          allVersions
              ? search(
                  range,
                  new PairedHistories(source, target, pair, range, range.after()),
                  PairedHistory::isExtraneous,
                  PairedHistory::key,
                  deadline)
              : search(
                  range,
                  new PairedListing(source, target, pair, range, range.after()),
                  Paired.OnlyTarget.class::isInstance,
                  Paired::key,
                  deadline);
      found += inRange.entries();
      if (inRange.orMore()) {
        return new Estimate(found, true);
      }
    }
    return new Estimate(found, false);
  }

  /**
   * How many items of a target the source has not.
   *
   * @param target the target table
   * @param source looks items up in the source table
   * @param keyNames the key attributes of both
   * @param segments all of the pair
   * @param deadline when to be content with what was found
   */
  Estimate search(
      ItemTable target,
      ItemLookup source,
      List<String> keyNames,
      List<Segment> segments,
      Deadline deadline) {
    CanonicalKeys names = new CanonicalKeys(keyNames);
    long found = 0;
    for (Segment segment : segments) {
      RecordLog log = journal.deletionLog(segment.id(), 0);
      Optional<Item> after = Optional.empty();
      do {
        if (deadline.reached()) {
          log.flush();
          return new Estimate(found, true);
        }
        ItemPage page =
            InFlight.await(
                target.scan(
                    segment.segment(), segment.totalSegments(), after, ItemTable.READ_BATCH_SIZE));
        Map<String, Item> twins = InFlight.await(source.find(page.items()));
        for (Item item : page.items()) {
          if (!twins.containsKey(names.of(item))) {
            log.add(new Deletion(segment.id(), Item.describe(item.key(keyNames))));
            found++;
          }
        }
        log.writeFullPart();
        after = page.lastKey();
      } while (after.isPresent());
      log.flush();
    }
    return new Estimate(found, false);
  }

  private <T> Estimate search(
      KeyRange range,
      Iterator<T> listing,
      Predicate<T> isExtraneous,
      Function<T, String> key,
      Deadline deadline) {
    RecordLog log = journal.deletionLog(range.id(), 0);
    long found = 0;
    boolean isLate = false;
    while (listing.hasNext() && !isLate) {
      T next = listing.next();
      if (isExtraneous.test(next)) {
        log.add(new Deletion(range.id(), key.apply(next)));
        log.writeFullPart();
        found++;
      }
      isLate = listing.hasNext() && deadline.reached();
    }
    log.flush();
    return new Estimate(found, isLate);
  }
}
