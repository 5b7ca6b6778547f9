package dev.vams.migration.core.inventory;

/**
 * When a worker splits what is left of its key range, and how finely.
 *
 * @param timesPlanned what is left is split if it has more than so many times the keys that a range
 *     of its bucket was planned to have
 * @param shares into at most so many shares, 2 to 99
 * @param calls at most so many list calls look at what is left
 * @param keysPerCall so many keys are listed by one call, 1 to 1,000
 * @param keysPerShare a share has about so many keys or more
 */
public record SplitLimits(
    double timesPlanned, int shares, int calls, int keysPerCall, int keysPerShare) {

  /**
   * Three times: no range of an evenly cut bucket is that large, so that one that has merely many
   * keys is left to one worker after another. 16 shares fit a state of the workflow, whatever their
   * keys are. 1,000 calls cost half a US cent and take less than a minute. What they achieve, and
   * what a state may hold, is in docs/decisions/0028-splitting-what-is-left.md.
   */
  public static final SplitLimits DEFAULT = new SplitLimits(3, 16, 1_000, 1_000, 2_000);

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException when one cannot be
   */
  public SplitLimits {
    if (shares < 2 || shares > 99) {
      throw new IllegalArgumentException("a split has 2 to 99 shares");
    }
    if (timesPlanned < 0 || calls < 1 || keysPerCall < 1 || keysPerShare < 1) {
      throw new IllegalArgumentException("a limit of a split is too small");
    }
  }

  /** Fine enough that as many neighbours can be joined in each share. */
  KeyRangePartitioner.Limits ofPartition() {
    return new KeyRangePartitioner.Limits(calls, 64 * keysPerCall, keysPerShare, 8 * shares);
  }
}
