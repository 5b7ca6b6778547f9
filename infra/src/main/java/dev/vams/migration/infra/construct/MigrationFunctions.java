package dev.vams.migration.infra.construct;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.lambda.Function;
import software.constructs.Construct;

/** The functions behind the tasks of the workflow. */
public final class MigrationFunctions extends Construct {
  private final Map<WorkflowTask, MigrationFunction> functions = new EnumMap<>(WorkflowTask.class);

  /**
   * Adds one function per task.
   *
   * @param workerConcurrency how many invocations are reserved for each worker; 0 reserves none
   */
  public MigrationFunctions(
      Construct scope,
      String id,
      FunctionCode code,
      int workerConcurrency,
      WorkBucket workBucket,
      CopyPermissions permissions) {
    super(scope, id);
    for (WorkflowTask task : WorkflowTask.values()) {
      List<PolicyStatement> statements =
          Stream.of(
                  workBucket.workerStatements(),
                  permissions.statements(task.accesses()),
                  task == WorkflowTask.PLAN
                      ? workBucket.schemaStatements()
                      : List.<PolicyStatement>of())
              .flatMap(List::stream)
              .toList();
      functions.put(
          task,
          new MigrationFunction(
              this,
              task.title(),
              task.memory(),
              task.isWorker() ? workerConcurrency : 0,
              code,
              workBucket.environment(),
              statements));
    }
  }

  /** The functions that many children of a map call at the same time. */
  List<Function> workers() {
    return functions.entrySet().stream()
        .filter(entry -> entry.getKey().isWorker())
        .map(entry -> entry.getValue().function())
        .toList();
  }

  /** All functions, in the order of the tasks. */
  List<Function> all() {
    return functions.values().stream().map(MigrationFunction::function).toList();
  }

  /** The ARNs that the workflow may invoke, in the order of the tasks. */
  List<String> liveArns() {
    return functions.values().stream().map(task -> task.live().getFunctionArn()).toList();
  }

  /** The same ARNs by the placeholders of the workflow's definition. */
  Map<String, String> liveArnsByPlaceholder() {
    Map<String, String> arns = new TreeMap<>();
    functions.forEach(
        (task, function) -> arns.put(task.placeholder(), function.live().getFunctionArn()));
    return arns;
  }
}
