package dev.vams.migration.checks.operations;

/**
 * One thing that a worker did to one bucket or table.
 *
 * @param caller the task whose handler called, such as {@code CopyPrefix}, {@link
 *     OperationRecorder#OTHER} or {@link OperationRecorder#UNKNOWN}
 * @param operation as the service calls it, with what of the request decides about permissions,
 *     such as {@code S3.CopyObject from}
 * @param resource the name of the bucket or table; empty when the request names neither
 */
record Call(String caller, String operation, String resource) {
  private static final String SEPARATOR = "\t";

  static Call parse(String line) {
    String[] parts = line.split(SEPARATOR, -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("no caller, operation and resource: " + line);
    }
    return new Call(parts[0], parts[1], parts[2]);
  }

  String line() {
    return String.join(SEPARATOR, caller, operation, resource);
  }
}
