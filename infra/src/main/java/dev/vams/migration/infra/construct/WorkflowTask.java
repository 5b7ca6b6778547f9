package dev.vams.migration.infra.construct;

import java.util.List;

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

  /** The class with the {@code handleRequest} method. */
  String handler() {
    return "dev.vams.migration.workflow." + title + "Handler";
  }

  /** The placeholder in the workflow's definition that stands for the function's ARN. */
  String placeholder() {
    return title + "FunctionArn";
  }

  /** What the function may do outside the work bucket. Only the two copiers write to a target. */
  List<Access> accesses() {
    return switch (this) {
      case PLAN, VERIFY_UNIT -> List.of(Access.READ_BUCKETS, Access.READ_TABLES);
      case COPY_PREFIX -> List.of(Access.READ_BUCKETS, Access.WRITE_BUCKETS);
      case COPY_SEGMENT -> List.of(Access.READ_TABLES, Access.WRITE_TABLES);
      case RECONCILE, CONCLUDE -> List.of();
    };
  }
}
