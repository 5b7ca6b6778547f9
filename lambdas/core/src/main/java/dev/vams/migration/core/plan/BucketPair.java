package dev.vams.migration.core.plan;

import static java.util.Objects.requireNonNull;

import dev.vams.migration.core.store.BucketFacts;
import dev.vams.migration.core.store.Encryption;
import java.util.Optional;

/**
 * One bucket whose objects are copied to another bucket.
 *
 * @param descriptor what the bucket is for, unique among the buckets of a schema
 * @param from the source bucket's name
 * @param to the target bucket's name, different from {@code from}: bucket names are global
 * @param encryption how the copies are encrypted; empty for the target bucket's default
 * @param versions which versions are copied; empty for all of a bucket that keeps versions
 */
public record BucketPair(
    String descriptor,
    String from,
    String to,
    Optional<Encryption> encryption,
    Optional<Versions> versions) {

  /** A pair of which all versions are copied that there are. */
  public BucketPair(String descriptor, String from, String to, Optional<Encryption> encryption) {
    this(descriptor, from, to, encryption, Optional.empty());
  }

  /** A pair whose copies are encrypted as the target bucket wants it. */
  public BucketPair(String descriptor, String from, String to) {
    this(descriptor, from, to, Optional.empty());
  }

  /**
   * Checks that there are two buckets.
   *
   * @throws IllegalArgumentException when a text is blank or source and target are the same
   */
  public BucketPair {
    Names.requireText(descriptor, "descriptor");
    Names.requireText(from, "from");
    Names.requireText(to, "to");
    requireNonNull(encryption, "encryption");
    requireNonNull(versions, "versions");
    if (from.equals(to)) {
      throw new IllegalArgumentException("bucket " + from + " cannot be copied to itself");
    }
  }

  /**
   * Whether all versions are copied.
   *
   * @param source whether the source bucket keeps versions. One that has stopped to may still have
   *     some; of one that never did, the current version is all there is.
   */
  public boolean copiesAllVersions(BucketFacts.Versioning source) {
    return source != BucketFacts.Versioning.OFF && versions.orElse(Versions.ALL) == Versions.ALL;
  }
}
