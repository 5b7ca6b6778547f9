package dev.vams.migration.infra.construct;

import java.util.EnumSet;
import java.util.Set;

/** The Lambda functions behind the Task states of the workflow, and what each may touch. */
enum WorkflowTask {
  PLAN("Plan"),
  COPY_PREFIX("CopyPrefix"),
  COPY_SEGMENT("CopySegment"),
  VERIFY_UNIT("VerifyUnit"),
  RECONCILE("Reconcile"),
  CONCLUDE("Conclude");

  private final String title;

  WorkflowTask(String title) {
    this.title = title;
  }

  /**
   * The name as the workflow's definition and CloudFormation write it, such as {@code CopyPrefix}.
   */
  String title() {
    return title;
  }

  /** Whether many children of a map call it at the same time. */
  boolean isWorker() {
    return switch (this) {
      case COPY_PREFIX, COPY_SEGMENT, VERIFY_UNIT -> true;
      case PLAN, RECONCILE, CONCLUDE -> false;
    };
  }

  /**
   * MB. Lambda gives one full vCPU at 1,769 MB, and less memory makes less CPU. Workers keep one
   * busy with signatures, digests and TLS; Plan lists up to two million keys of each bucket.
   * Reconcile and Conclude run once and read one small file after the other.
   *
   * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html">Configure
   *     Lambda function memory</a>
   */
  int memory() {
    return switch (this) {
      case PLAN, COPY_PREFIX, COPY_SEGMENT, VERIFY_UNIT -> 1_769;
      case RECONCILE, CONCLUDE -> 1_024;
    };
  }

  /** The placeholder in the workflow's definition that stands for the function's ARN. */
  String placeholder() {
    return title + "FunctionArn";
  }

  /**
   * What the function may do outside the work bucket. Only the two copiers write to a target; Plan
   * proves, by writes that change nothing, that they may.
   */
  Set<Access> accesses() {
    return switch (this) {
      case PLAN -> EnumSet.allOf(Access.class);
      case COPY_PREFIX -> EnumSet.of(Access.READ_BUCKETS, Access.COPY_OBJECTS);
      case COPY_SEGMENT -> EnumSet.of(Access.READ_SOURCE_TABLES, Access.WRITE_TABLES);
      case VERIFY_UNIT ->
          EnumSet.of(Access.READ_BUCKETS, Access.READ_SOURCE_TABLES, Access.READ_TARGET_TABLES);
      case RECONCILE, CONCLUDE -> EnumSet.noneOf(Access.class);
    };
  }
}
