package dev.vams.migration.core.plan;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * Where one of the stacks is, and how the workers reach it.
 *
 * @param region the stack's region, such as {@code us-east-1}
 * @param role the role that the workers assume to reach it; empty when they use their own identity
 * @param kmsKeyArns the customer managed keys that encrypt its buckets and tables; empty when there
 *     are none
 */
public record StackAccess(String region, Optional<AssumedRole> role, List<String> kmsKeyArns) {

  /**
   * Checks the region and takes a copy of the list.
   *
   * @throws IllegalArgumentException when the region is blank
   */
  public StackAccess {
    Names.requireText(region, "region");
    requireNonNull(role, "role");
    kmsKeyArns = List.copyOf(kmsKeyArns);
  }

  /** A stack of the workers' own account whose buckets and tables have no keys of their own. */
  public static StackAccess in(String region) {
    return new StackAccess(region, Optional.empty(), List.of());
  }
}
