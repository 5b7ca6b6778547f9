package dev.vams.migration.core.store;

/**
 * What came of asking a stack about one of its resources.
 *
 * @param <T> what is known of the resource when it was found
 */
public sealed interface Lookup<T> {

  /** The resource exists and answers. */
  record Found<T>(T value) implements Lookup<T> {}

  /** The resource does not exist. */
  record Missing<T>() implements Lookup<T> {}

  /** The resource exists in another region than the one asked, such as {@code eu-west-1}. */
  record Elsewhere<T>(String region) implements Lookup<T> {}

  /** The caller may not look at the resource; the reason is the service's own. */
  record Forbidden<T>(String reason) implements Lookup<T> {}

  /** The service did not answer; the reason names the endpoint where it is known. */
  record Unreachable<T>(String reason) implements Lookup<T> {}
}
