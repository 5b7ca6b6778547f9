package dev.vams.migration.local.asl;

/**
 * What a run may use of this machine.
 *
 * @param parallelism the most children, or iterations, of a Map that run at once, whatever its
 *     MaxConcurrency; at least 1
 * @param resultFileBytes a result file that has reached this size, in bytes, is closed and the next
 *     one begun; at least 1
 */
public record Limits(int parallelism, long resultFileBytes) {

  public Limits {
    if (parallelism < 1) {
      throw new IllegalArgumentException("parallelism must be at least 1, but is " + parallelism);
    }
    if (resultFileBytes < 1) {
      throw new IllegalArgumentException(
          "resultFileBytes must be at least 1, but is " + resultFileBytes);
    }
  }
}
