package dev.vams.migration.core.store;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How archived objects are restored.
 *
 * @param tier how fast
 * @param days how long the restored copy stays, {@value #MIN_DAYS} to {@value #MAX_DAYS}; an object
 *     of S3 Intelligent-Tiering stays restored until nobody has read it for long
 */
public record Restore(Tier tier, int days) {

  /** The least that S3 takes. */
  public static final int MIN_DAYS = 1;

  /** More than a year is an error of whoever writes it. */
  public static final int MAX_DAYS = 365;

  /** As fast as is usual, and long enough for a unit to wait for its slowest object. */
  public static final Restore DEFAULT = new Restore(Tier.STANDARD, 7);

  /**
   * The speeds that S3 offers (<a
   * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/restoring-objects-retrieval-options.html">Archive
   * retrieval options</a>).
   */
  public enum Tier {
    /** 1 to 5 minutes; not for DEEP_ARCHIVE, and not at any time. */
    EXPEDITED(Duration.ofMinutes(1)),
    /** 3 to 5 hours; 12 hours for DEEP_ARCHIVE. */
    STANDARD(Duration.ofMinutes(15)),
    /** 5 to 12 hours; 48 hours for DEEP_ARCHIVE. */
    BULK(Duration.ofMinutes(30));

    private final Duration look;

    Tier(Duration look) {
      this.look = look;
    }

    /** After how long to look again whether an object is restored. */
    public Duration look() {
      return look;
    }
  }

  /**
   * Checks the number of days.
   *
   * @throws IllegalArgumentException when it is out of range
   */
  public Restore {
    requireNonNull(tier, "tier");
    if (days < MIN_DAYS || days > MAX_DAYS) {
      throw new IllegalArgumentException(
          "days must be %s to %s, not %s".formatted(MIN_DAYS, MAX_DAYS, days));
    }
  }
}
