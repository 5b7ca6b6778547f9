package dev.vams.migration.infra.construct;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.services.lambda.Code;
import software.constructs.Construct;

/** All workers, from one jar. */
public final class MigrationFunctions extends Construct {
  private final Map<WorkflowTask, TaskFunction> functions = new EnumMap<>(WorkflowTask.class);

  /**
   * Adds one function per task.
   *
   * @param workflowJar the jar with all handlers and their dependencies
   */
  public MigrationFunctions(
      Construct scope,
      String id,
      Path workflowJar,
      WorkBucket workBucket,
      CopyPermissions permissions) {
    super(scope, id);
    Code code = Code.fromAsset(workflowJar.toString());
    for (WorkflowTask task : WorkflowTask.values()) {
      functions.put(task, new TaskFunction(this, task, code, workBucket, permissions));
    }
  }

  /** The ARNs that the workflow may invoke, in the order of the tasks. */
  List<String> liveArns() {
    return functions.values().stream().map(TaskFunction::liveArn).toList();
  }

  /** The same ARNs by the placeholders of the workflow's definition. */
  Map<String, String> liveArnsByPlaceholder() {
    Map<String, String> arns = new TreeMap<>();
    functions.forEach((task, function) -> arns.put(task.placeholder(), function.liveArn()));
    return arns;
  }
}
