package dev.vams.migration.core.inventory;

import dev.vams.migration.core.plan.Problem;
import dev.vams.migration.core.plan.StackAccess;
import dev.vams.migration.core.store.BucketFacts;
import dev.vams.migration.core.store.Lookup;
import dev.vams.migration.core.store.Stack;
import dev.vams.migration.core.store.TableFacts;
import java.util.List;
import java.util.Optional;

/**
 * Looks at the buckets and tables of one stack, and turns what is wrong into problems. A service
 * that does not answer, or a role that cannot be assumed, is reported only once.
 */
final class StackInspection {

  /** AWS names the action in its refusal: no other call made here needs this one. */
  private static final String ASSUME_ROLE = "sts:AssumeRole";

  private final String name;
  private final StackAccess access;
  private final String rolePath;
  private final Stack stack;
  private final List<Problem> problems;
  private boolean roleIsRefused;
  private boolean s3IsUnreachable;
  private boolean dynamoDbIsUnreachable;

  /**
   * @param name what people call the stack, such as {@code source}
   * @param access where it should be, and the role that it is reached through
   * @param rolePath where the schema names the role
   * @param problems where problems are added
   */
  StackInspection(
      String name, StackAccess access, String rolePath, Stack stack, List<Problem> problems) {
    this.name = name;
    this.access = access;
    this.rolePath = rolePath;
    this.stack = stack;
    this.problems = problems;
  }

  Optional<BucketFacts> bucket(String bucket, String path) {
    if (roleIsRefused || s3IsUnreachable) {
      return Optional.empty();
    }
    Lookup<BucketFacts> lookup = stack.objects().look(bucket);
    s3IsUnreachable = lookup instanceof Lookup.Unreachable;
    return found(
        lookup,
        path,
        "bucket '" + bucket + "'",
        "S3",
        "s3:ListBucket, s3:GetBucketVersioning, s3:GetBucketOwnershipControls, s3:GetBucketObjectLockConfiguration and s3:GetBucketWebsite");
  }

  Optional<TableFacts> table(String table, String path) {
    if (roleIsRefused || dynamoDbIsUnreachable) {
      return Optional.empty();
    }
    Lookup<TableFacts> lookup = stack.table(table).look();
    dynamoDbIsUnreachable = lookup instanceof Lookup.Unreachable;
    return found(
        lookup,
        path,
        "table '" + table + "'",
        "DynamoDB",
        "dynamodb:DescribeTable and dynamodb:Scan");
  }

  private <T> Optional<T> found(
      Lookup<T> lookup, String path, String what, String service, String permissions) {
    if (lookup instanceof Lookup.Found<T> found) {
      return Optional.of(found.value());
    }
    if (lookup instanceof Lookup.Missing) {
      problems.add(
          new Problem(
              Problem.Kind.INPUT,
              path,
              "the %s %s does not exist in %s".formatted(name, what, access.region()),
              "Correct the name, or the region of the %s stack.".formatted(name)));
    } else if (lookup instanceof Lookup.Elsewhere<T> elsewhere) {
      problems.add(
          new Problem(
              Problem.Kind.INPUT,
              path,
              "the %s %s is in %s, not in %s"
                  .formatted(name, what, elsewhere.region(), access.region()),
              "Correct the region of the %s stack.".formatted(name)));
    } else if (lookup instanceof Lookup.Forbidden<T> forbidden && isRefusalOfRole(forbidden)) {
      roleIsRefused = true;
      problems.add(
          new Problem(
              Problem.Kind.ACCESS,
              rolePath,
              "the role of the %s stack cannot be assumed (%s)".formatted(name, forbidden.reason()),
              "Allow the identity that is named there sts:AssumeRole on the role, and let the role's trust policy allow it with the schema's externalId."));
    } else if (lookup instanceof Lookup.Forbidden<T> forbidden) {
      problems.add(
          new Problem(
              Problem.Kind.ACCESS,
              path,
              "no access to the %s %s (%s)".formatted(name, what, forbidden.reason()),
              "Allow %s on it.".formatted(permissions)));
    } else if (lookup instanceof Lookup.Unreachable<T> unreachable) {
      problems.add(
          new Problem(
              Problem.Kind.ACCESS,
              path,
              "%s of the %s stack (%s) does not answer: %s"
                  .formatted(service, name, access.region(), unreachable.reason()),
              "Check the network, the credentials and AWS_ENDPOINT_URL_%s, if it is set."
                  .formatted(service.toUpperCase(java.util.Locale.ROOT))));
    }
    return Optional.empty();
  }

  private boolean isRefusalOfRole(Lookup.Forbidden<?> forbidden) {
    return access.role().isPresent() && forbidden.reason().contains(ASSUME_ROLE);
  }
}
