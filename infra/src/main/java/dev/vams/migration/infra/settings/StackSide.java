package dev.vams.migration.infra.settings;

import java.util.List;
import java.util.Objects;

/**
 * How workers reach one of the two stacks.
 *
 * @param region the region of the stack's tables and of its keys
 * @param roleArn the role in the stack's account that workers assume; empty if they use their own
 * @param keyArns the KMS keys of encrypted buckets and tables, in the order of the schema
 */
public record StackSide(String region, String roleArn, List<String> keyArns) {
  public StackSide {
    Objects.requireNonNull(region, "region");
    Objects.requireNonNull(roleArn, "roleArn");
    keyArns = List.copyOf(keyArns);
  }

  /** Whether workers reach the stack through a role, which then holds all permissions on it. */
  public boolean hasRole() {
    return !roleArn.isEmpty();
  }
}
