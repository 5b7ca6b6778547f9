package dev.vams.migration.workflow;

import dev.vams.migration.core.journal.Tally;
import dev.vams.migration.core.plan.Unit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import software.amazon.lambda.powertools.metrics.Metrics;
import software.amazon.lambda.powertools.metrics.model.DimensionSet;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/**
 * What one worker does with its unit, as metrics: those of the pair, and the progress without
 * dimensions. They are written as the work goes on, by whichever thread brings news when it is
 * time, because Lambda freezes threads between invocations. Safe for use by many threads.
 */
final class UnitMetrics {
  static final String NAMESPACE = "VamsMigration";
  static final String PAIR = "Pair";

  /**
   * CloudWatch keeps these metrics by the minute (<a
   * href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/publishingMetrics.html">standard
   * resolution</a>): written twice as often, no minute is without a value while entries are
   * settled.
   */
  private static final Duration INTERVAL = Duration.ofSeconds(30);

  /**
   * The longest value of a dimension, in characters (<a
   * href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Dimension.html">Dimension</a>).
   */
  private static final int LONGEST_VALUE = 1024;

  private final Unit unit;
  private final Metrics metrics;
  private final InstantSource clock;
  private WorkCounts total = WorkCounts.ZERO;
  private WorkCounts unwritten = WorkCounts.ZERO;
  private Instant lastWritten;

  UnitMetrics(Unit unit, Metrics metrics, InstantSource clock) {
    this.unit = unit;
    this.metrics = metrics;
    this.clock = clock;
    lastWritten = clock.instant();
  }

  /** Counts, and writes what is new when it is time. */
  synchronized void add(WorkCounts change) {
    total = total.plus(change);
    unwritten = unwritten.plus(change);
    if (!clock.instant().isBefore(lastWritten.plus(INTERVAL))) {
      write();
    }
  }

  /** All that the worker did. */
  synchronized WorkCounts total() {
    return total;
  }

  /** Writes what is new, and the progress even if there is none. */
  synchronized void write() {
    if (unwritten.tally().entries() > 0 || unwritten.parts() > 0 || unwritten.throttles() > 0) {
      metrics.flushMetrics(this::addCountsOfPair);
    }
    metrics.flushMetrics(
        all -> {
          all.setDefaultDimensions(DimensionSet.of(Map.of()));
          count(all, "Progress", unwritten.progress());
        });
    unwritten = WorkCounts.ZERO;
    lastWritten = clock.instant();
  }

  private void addCountsOfPair(Metrics pair) {
    Tally tally = unwritten.tally();
    pair.setDefaultDimensions(DimensionSet.of(PAIR, dimensionValue(unit.descriptor())));
    if (unit instanceof Unit.KeyRange) {
      count(pair, "ObjectsCopied", tally.copied());
      pair.addMetric("BytesCopied", (double) tally.bytes(), MetricUnit.BYTES);
    } else {
      count(pair, "ItemsCopied", tally.copied());
    }
    count(pair, "Skipped", tally.skipped());
    count(pair, "Kept", tally.kept());
    count(pair, "Failed", tally.failed());
    if (tally.deleted() > 0) {
      count(pair, "Deleted", tally.deleted());
    }
    count(pair, "Throttles", unwritten.throttles());
  }

  private static void count(Metrics metrics, String name, long count) {
    metrics.addMetric(name, (double) count, MetricUnit.COUNT);
  }

  /**
   * A descriptor is any text; the value of a dimension is ASCII, and Powertools wants no spaces.
   */
  static String dimensionValue(String descriptor) {
    String visible = descriptor.replaceAll("[^!-~]", "_");
    return visible.substring(0, Math.min(visible.length(), LONGEST_VALUE));
  }
}
