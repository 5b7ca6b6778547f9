package dev.vams.migration.core.inventory;

import dev.vams.migration.core.plan.Problem;
import dev.vams.migration.core.store.BucketFacts;
import dev.vams.migration.core.store.Lookup;
import dev.vams.migration.core.store.Stack;
import dev.vams.migration.core.store.TableFacts;
import java.util.List;
import java.util.Optional;

/**
 * Looks at the buckets and tables of one stack, and turns what is wrong into problems. A service
 * that does not answer is asked, and reported, only once.
 */
final class StackInspection {
  private final String name;
  private final String region;
  private final Stack stack;
  private final List<Problem> problems;
  private boolean s3IsUnreachable;
  private boolean dynamoDbIsUnreachable;

  /**
   * @param name what people call the stack, such as {@code source}
   * @param region where it should be
   * @param problems where problems are added
   */
  StackInspection(String name, String region, Stack stack, List<Problem> problems) {
    this.name = name;
    this.region = region;
    this.stack = stack;
    this.problems = problems;
  }

  Optional<BucketFacts> bucket(String bucket, String path) {
    if (s3IsUnreachable) {
      return Optional.empty();
    }
    Lookup<BucketFacts> lookup = stack.objects().look(bucket);
    s3IsUnreachable = lookup instanceof Lookup.Unreachable;
    return found(
        lookup, path, "bucket '" + bucket + "'", "S3", "s3:ListBucket and s3:GetBucketVersioning");
  }

  Optional<TableFacts> table(String table, String path) {
    if (dynamoDbIsUnreachable) {
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
              "the %s %s does not exist in %s".formatted(name, what, region),
              "Correct the name, or the region of the %s stack.".formatted(name)));
    } else if (lookup instanceof Lookup.Elsewhere<T> elsewhere) {
      problems.add(
          new Problem(
              Problem.Kind.INPUT,
              path,
              "the %s %s is in %s, not in %s".formatted(name, what, elsewhere.region(), region),
              "Correct the region of the %s stack.".formatted(name)));
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
                  .formatted(service, name, region, unreachable.reason()),
              "Check the network, the credentials and AWS_ENDPOINT_URL_%s, if it is set."
                  .formatted(service.toUpperCase(java.util.Locale.ROOT))));
    }
    return Optional.empty();
  }
}
