package dev.vams.migration.core.inventory;

import dev.vams.migration.core.inventory.KeyDensity.Ahead;
import dev.vams.migration.core.inventory.Sweep.Page;
import dev.vams.migration.core.limit.Deadline;
import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.store.KeyOrder;
import dev.vams.migration.core.store.ObjectPage;
import dev.vams.migration.core.store.ObjectSummary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/**
 * Cuts a bucket into key ranges of about equal numbers of objects, without listing it whole.
 *
 * <p>The bucket is swept by galloping search. A step lists a page, looks how densely its last keys
 * lie ({@link KeyDensity}), and leaps over as many more as are wanted: the next page is listed
 * there. If other keys come there, such as those of the next folder, the step was short: its folder
 * ended somewhere before. So each folder is looked into and costs one call. If there are too many
 * for that, leaps are measured by the last steps instead, and pass over folders.
 *
 * <p>The first keys are all listed, as nothing is known yet; the more keys were passed, the longer
 * are the steps. Several sweeps go on at once: one is split when there is room for another. At last
 * the leaps that say least are looked into, and small neighbours are joined. What comes out depends
 * on the bucket's keys only, not on the order of answers. Memory holds a page for each call in
 * flight, and a slice for each call made. Used once, by one thread.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/ListingKeysUsingAPIs.html">Listing
 *     object keys</a>
 */
final class KeyRangePartitioner {

  /** The largest page (https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html). */
  private static final int PAGE_SIZE = 1_000;

  /**
   * How many list calls are made at once: few of the 5,500 a second that S3 takes (<a
   * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/optimizing-performance.html">Best
   * practices</a>).
   */
  private static final int PARALLEL_CALLS = 16;

  /** So many pages are listed one after the other: most buckets have no more. */
  private static final int PAGES_IN_ORDER = 64;

  /** With so many keys a bucket has as many ranges as were asked for; smaller ones have fewer. */
  private static final double KEYS_FOR_ALL_RANGES = 10_000_000;

  /** How many steps at once lead over folders: two calls, as each leap ends in one of them. */
  private static final int STEPS_OVER_FOLDERS = 2;

  private final Listing listing;
  private final Limits limits;
  private final Deadline deadline;
  private final KeySpace space = new KeySpace();
  private final FolderSizes folders = new FolderSizes();
  private final List<Sweep> sweeps = new ArrayList<>();
  private final NavigableMap<String, Slice> slices = new TreeMap<>(KeyOrder.UTF_8);
  private String through = "";
  private double keysPassed;
  private int calls;
  private int pages;
  private int borders;
  private int shortSteps;
  private int failedSplits;

  /** Lists the bucket. */
  @FunctionalInterface
  interface Listing {
    /**
     * A page of the bucket.
     *
     * @param after only keys greater than it; empty for all
     * @param limit at most so many
     */
    CompletionStage<ObjectPage> after(String after, int limit);
  }

  /**
   * How finely a bucket is cut, and how much that may cost.
   *
   * @param calls at most so many list calls
   * @param keysListed so many keys are listed before the first leap
   * @param keys a range has about so many keys or more
   * @param ranges a bucket of ten million keys or more is cut into about so many ranges, a smaller
   *     one into fewer
   */
  record Limits(int calls, int keysListed, int keys, int ranges) {

    /** So many folders are looked into; then leaps pass over them. */
    int shortSteps() {
      return calls * 53 / 100;
    }

    /** So many splits may find nothing. */
    int failedSplits() {
      return calls / 20;
    }

    /** After so many, leaps that went as expected are not looked into. */
    int callsToLookAtAll() {
      return calls / 2;
    }

    /** After so many, no leap is looked into. */
    int callsToLookAgain() {
      return calls * 8 / 10;
    }

    /** From here on steps grow fast, so that the bucket's end is reached. */
    int callsToHurry() {
      return calls * 85 / 100;
    }

    /** How many keys one step should pass, after so many keys. */
    double stepAfter(double keysPassed) {
      return Math.sqrt(keysPassed * Math.max(keysPassed, KEYS_FOR_ALL_RANGES)) / ranges;
    }
  }

  /**
   * A bucket's ranges.
   *
   * @param boundaries in ascending order; each is the last string of one range, and the next range
   *     begins behind it. The last range is open.
   * @param keys about how many keys the bucket has
   * @param isSwept whether the bucket was swept to its end
   * @param isListed whether each of its keys was listed
   */
  record Partition(List<String> boundaries, long keys, boolean isSwept, boolean isListed) {
    Partition {
      boundaries = List.copyOf(boundaries);
    }
  }

  /**
   * The keys of a page and of the leap behind it. It ends where the next slice begins.
   *
   * @param after it begins behind this string
   * @param page its first keys
   * @param leaped about how many keys follow them
   * @param mostLeaped how many may follow them at most
   * @param density what the leap was measured by
   */
  private record Slice(
      String after, Page page, double leaped, double mostLeaped, Optional<KeyDensity> density) {
    double keys() {
      return page.keys() + leaped;
    }

    boolean isShort() {
      return leaped < mostLeaped;
    }
  }

  /** A call in flight: the keys behind a string. */
  private record Call(
      Sweep sweep, Ahead ahead, Optional<KeyDensity> density, CompletionStage<ObjectPage> answer) {}

  /**
   * @param deadline when to be content with what is known; what is not swept by then is one range
   */
  KeyRangePartitioner(Listing listing, Limits limits, Deadline deadline) {
    this.listing = listing;
    this.limits = limits;
    this.deadline = deadline;
  }

  /** Cuts the whole bucket. */
  Partition partition() {
    return partition("", "");
  }

  /**
   * Cuts a part of the bucket.
   *
   * @param after it begins behind this string; empty to begin with the first key
   * @param end the last string that may belong to it; empty to end with the last key
   */
  Partition partition(String after, String end) {
    through = end;
    Sweep whole = new Sweep(space, end);
    arrive(whole, "", after, list(after));
    sweeps.add(whole);
    do {
      while (!sweeps.isEmpty() && mayCall()) {
        advance();
      }
    } while (lookAgain());
    boolean isSwept = sweeps.isEmpty();
    List.copyOf(sweeps).forEach(sweep -> end(sweep, 0, Optional.empty()));
    return join(isSwept);
  }

  private boolean mayCall() {
    return calls < limits.calls() && !deadline.reached();
  }

  private CompletionStage<ObjectPage> list(String after) {
    calls++;
    return listing.after(after, PAGE_SIZE);
  }

  /** One step of each sweep, and splits if that leaves room for more calls. */
  private void advance() {
    double step = step();
    List<Call> steps = new ArrayList<>();
    for (Sweep sweep : List.copyOf(sweeps)) {
      next(sweep, step).ifPresent(steps::add);
    }
    List<Call> splits = new ArrayList<>();
    if (calls >= PAGES_IN_ORDER && shortSteps < limits.shortSteps()) {
      for (Call call : steps) {
        if (steps.size() + splits.size() < PARALLEL_CALLS) {
          split(call, splits.size()).ifPresent(splits::add);
        }
      }
    }
    splits.forEach(this::finishSplit);
    steps.forEach(call -> finishStep(call, step));
  }

  private double step() {
    double passed = keysPassed + sweeps.stream().mapToInt(sweep -> sweep.page().keys()).sum();
    if (passed < limits.keysListed()) {
      return PAGE_SIZE;
    }
    double hurry = 1.0 * (calls - limits.callsToHurry()) / (limits.calls() - limits.callsToHurry());
    return limits.stepAfter(passed) * Math.pow(16, Math.max(0, hurry));
  }

  private Optional<Call> next(Sweep sweep, double step) {
    Page page = sweep.page();
    if (page.isLast()) {
      end(sweep, 0, Optional.empty());
      return Optional.empty();
    }
    Optional<KeyDensity> ofSteps =
        shortSteps >= limits.shortSteps() && (sweep.isShort() || page.hasBorder())
            ? sweep.densityOfSteps()
            : Optional.empty();
    Optional<KeyDensity> density = ofSteps.or(page::density);
    double wanted = (step - page.keys()) * (ofSteps.isPresent() ? STEPS_OVER_FOLDERS : 1);
    Ahead ahead =
        wanted < PAGE_SIZE || density.isEmpty()
            ? Ahead.at(page.last())
            : density.get().ahead(wanted, space);
    if (ofSteps.isPresent()) {
      ahead = within(folders.folderWith(wanted / 4, page.last()), ahead);
    }
    if (sweep.endsBefore(ahead.string())) {
      double left = density.map(even -> even.until(sweep.through(), space)).orElse(0.0);
      end(sweep, Math.min(left, ahead.keys()), density);
      return Optional.empty();
    }
    if (!mayCall()) {
      return Optional.empty();
    }
    return Optional.of(new Call(sweep, ahead, density, list(ahead.string())));
  }

  /** Shortens a leap that leaves a large folder, so that the next such folder is not missed. */
  private static Ahead within(String folder, Ahead ahead) {
    if (ahead.string().startsWith(folder)) {
      return ahead;
    }
    String end = KeySpace.behindPrefix(folder, folder.codePointCount(0, folder.length()));
    return new Ahead(end, ahead.level(), ahead.keys(), true);
  }

  private void end(Sweep sweep, double leaped, Optional<KeyDensity> density) {
    put(new Slice(sweep.after(), sweep.page(), leaped, leaped, density));
    sweeps.remove(sweep);
  }

  private void put(Slice slice) {
    Slice before = slices.put(slice.after(), slice);
    keysPassed += slice.keys() - (before == null ? 0 : before.keys());
  }

  private void finishStep(Call call, double wanted) {
    Sweep sweep = call.sweep();
    String after = sweep.after();
    Page from = sweep.page();
    arrive(sweep, from.last(), call.ahead().string(), call.answer());
    double most = call.ahead().keys();
    double leaped = leaped(call, from);
    boolean isShort = most == 0 ? wanted > 2 * PAGE_SIZE : isElsewhere(call, from);
    shortSteps += isShort ? 1 : 0;
    put(new Slice(after, from, leaped, most, call.density()));
    if (sweep.page().keys() > 0) {
      folders.learn(from.last(), sweep.page().first(), leaped);
    }
    sweep.remember(from, from.keys() + leaped, isShort);
    if (sweep.page().keys() == 0) {
      sweeps.remove(sweep);
    }
  }

  /** About how many keys a step has leaped over, now that the page behind them is known. */
  private double leaped(Call call, Page from) {
    double most = call.ahead().keys();
    if (most == 0 || reaches(call)) {
      return most;
    }
    boolean isFolderEnd = isElsewhere(call, from) && !call.ahead().isBorder();
    return isFolderEnd ? leapedToFolderEnd(from.keys(), most) : most / 2;
  }

  private boolean reaches(Call call) {
    Page page = call.sweep().page();
    return page.keys() > 0
        && call.density().orElseThrow().reaches(call.ahead(), page.first(), space);
  }

  private boolean isElsewhere(Call call, Page from) {
    String folder = from.last().substring(0, from.last().lastIndexOf('/') + 1);
    Page page = call.sweep().page();
    return !reaches(call) && (page.keys() == 0 || !page.first().startsWith(folder));
  }

  /**
   * Folders have as many sizes between 1,000 and 2,000 keys as between 10,000 and 20,000, and so
   * on: hence the geometric mean of the least and the most. If many pages have a border in them,
   * folders are small.
   */
  private double leapedToFolderEnd(double keys, double most) {
    double keysPerBorder = PAGE_SIZE * (pages + 1.0) / (borders + 1.0);
    return Math.min(geometricMean(keys, most), keysPerBorder);
  }

  /** Of how many keys there are at least and at most; without those that there are at least. */
  private static double geometricMean(double keys, double most) {
    return Math.sqrt(keys * (keys + most)) - keys;
  }

  private Optional<Call> split(Call step, int otherSplits) {
    if (failedSplits + otherSplits >= limits.failedSplits() || !mayCall()) {
      return Optional.empty();
    }
    Sweep sweep = step.sweep();
    Optional<String> split = sweep.splitPoint();
    if (split.isEmpty()) {
      return Optional.empty();
    }
    if (KeyOrder.UTF_8.compare(split.get(), step.ahead().string()) <= 0
        || sweep.endsBefore(split.get())) {
      sweep.splitFound(false);
      return Optional.empty();
    }
    Ahead ahead = Ahead.at(split.get());
    return Optional.of(new Call(sweep, ahead, Optional.empty(), list(split.get())));
  }

  private void finishSplit(Call call) {
    Sweep lower = call.sweep();
    Sweep upper = new Sweep(space, lower.through());
    arrive(upper, lower.page().last(), call.ahead().string(), call.answer());
    lower.endAt(call.ahead().string());
    boolean found = upper.page().keys() > 0;
    lower.splitFound(found);
    if (found) {
      sweeps.add(sweeps.indexOf(lower) + 1, upper);
    } else {
      failedSplits++;
    }
  }

  private void arrive(Sweep sweep, String before, String after, CompletionStage<ObjectPage> call) {
    ObjectPage page = InFlight.await(call);
    List<String> keys = page.objects().stream().map(ObjectSummary::key).toList();
    space.learn(before, keys);
    folders.learn(keys);
    sweep.arrive(after, keys, page.last());
    pages++;
    borders += sweep.page().hasBorder() ? 1 : 0;
  }

  /**
   * Lists a page inside each of the leaps that may have passed most keys. If there are keys, a new
   * sweep goes on from there; if not, the leap has passed fewer keys than it might have.
   *
   * @return whether there were such leaps
   */
  private boolean lookAgain() {
    double much = limits.stepAfter(keysPassed) / 4;
    List<Slice> largest =
        slices.values().stream()
            .filter(slice -> slice.mostLeaped() > much && slice.leaped() > PAGE_SIZE)
            .filter(
                slice ->
                    slice.isShort()
                        || (slice.leaped() > 2 * much && calls < limits.callsToLookAtAll()))
            .sorted(Comparator.comparingDouble(Slice::mostLeaped).reversed())
            .limit(Math.min(PARALLEL_CALLS, limits.calls() - calls))
            .toList();
    if (largest.isEmpty() || calls >= limits.callsToLookAgain() || !mayCall()) {
      return false;
    }
    List<Call> looks = new ArrayList<>();
    for (Slice slice : largest) {
      double part =
          slice.isShort()
              ? geometricMean(slice.page().keys(), slice.mostLeaped())
              : slice.leaped() / 2;
      Ahead ahead = slice.density().orElseThrow().ahead(part, space);
      String next = slices.higherKey(slice.after());
      Sweep upper = new Sweep(space, next == null ? through : next);
      looks.add(new Call(upper, ahead, slice.density(), list(ahead.string())));
    }
    for (int i = 0; i < looks.size(); i++) {
      finishLook(largest.get(i), looks.get(i));
    }
    return true;
  }

  private void finishLook(Slice slice, Call look) {
    double part = look.ahead().keys();
    arrive(look.sweep(), slice.page().last(), look.ahead().string(), look.answer());
    boolean found = look.sweep().page().keys() > 0;
    if (found) {
      sweeps.add(look.sweep());
    }
    double leaped = found ? part : leapedToFolderEnd(slice.page().keys(), part);
    put(new Slice(slice.after(), slice.page(), leaped, part, slice.density()));
  }

  /** Joins neighbours until they have about as many keys as the last steps. */
  private Partition join(boolean isSwept) {
    boolean isListed = slices.values().stream().allMatch(slice -> slice.leaped() == 0);
    double wanted = isListed ? 0 : limits.stepAfter(keysPassed);
    List<String> boundaries = new ArrayList<>();
    double keys = 0;
    for (Slice slice : slices.values()) {
      if (keys > 0 && keys + slice.keys() / 2 > Math.max(limits.keys(), wanted)) {
        boundaries.add(slice.after());
        keys = 0;
      }
      keys += slice.keys();
    }
    return new Partition(boundaries, Math.round(keysPassed), isSwept, isSwept && isListed);
  }
}
