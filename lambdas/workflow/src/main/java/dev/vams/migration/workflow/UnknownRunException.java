package dev.vams.migration.workflow;

/** A task was asked to work for a run that has no plan in the work bucket. */
public final class UnknownRunException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnknownRunException(String run, String location) {
    super("There is no plan of run %s: %s does not exist.".formatted(run, location));
  }
}
