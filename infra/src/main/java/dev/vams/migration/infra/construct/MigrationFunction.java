package dev.vams.migration.infra.construct;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.SnapStartConf;
import software.amazon.awscdk.services.lambda.Tracing;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/**
 * One function of the migration, with its own role and log group, and the alias by which it is
 * called.
 */
final class MigrationFunction extends Construct {
  /**
   * Lambda's longest. Workers stop themselves before it and are called again; the workflow's own
   * limit for a task is 10 s longer, so that Lambda's clearer error comes first.
   */
  private static final Duration TIMEOUT = Duration.minutes(15);

  private final Function function;
  private final Alias live;

  /**
   * Adds the function.
   *
   * @param title its name, such as {@code CopyPrefix}; the handler's class is named after it
   * @param memory MB
   * @param reserved how many invocations are reserved, which is also the most there can be; 0
   *     reserves none
   * @param environment besides what all functions have
   * @param statements besides writing logs and traces
   */
  MigrationFunction(
      Construct scope,
      String title,
      int memory,
      int reserved,
      FunctionCode code,
      Map<String, String> environment,
      List<PolicyStatement> statements) {
    super(scope, title);
    LogGroup logs =
        LogGroup.Builder.create(this, "Logs")
            .retention(RetentionDays.THREE_MONTHS)
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    // A role of our own: the one that CDK would make may write to every log group of the account.
    Role role =
        Role.Builder.create(this, "Role")
            .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
            .build();
    logs.grantWrite(role);
    statements.forEach(role::addToPolicy);
    function =
        Function.Builder.create(this, "Function")
            .description("The " + title + " function of the VAMS data migration")
            .runtime(Runtime.JAVA_25)
            .architecture(Architecture.ARM_64)
            .handler("dev.vams.migration.workflow." + title + "Handler")
            .code(code.code())
            .role(role)
            .logGroup(logs)
            .tracing(Tracing.ACTIVE)
            .timeout(TIMEOUT)
            .memorySize(memory)
            .reservedConcurrentExecutions(reserved == 0 ? null : reserved)
            .snapStart(SnapStartConf.ON_PUBLISHED_VERSIONS)
            .environment(environment(environment))
            .build();
    Annotations.of(function)
        .acknowledgeWarning(
            "@aws-cdk/aws-lambda:snapStartRequirePublish", "The alias below publishes a version.");
    // SnapStart works on published versions only.
    live =
        Alias.Builder.create(this, "Live")
            .aliasName("live")
            .version(function.getCurrentVersion())
            .build();
  }

  private static Map<String, String> environment(Map<String, String> more) {
    Map<String, String> environment = new TreeMap<>(more);
    environment.put("POWERTOOLS_SERVICE_NAME", "vams-migration");
    environment.put("POWERTOOLS_METRICS_NAMESPACE", MigrationMetrics.NAMESPACE);
    environment.put("POWERTOOLS_LOG_LEVEL", "INFO");
    return environment;
  }

  /** The function, for its metrics. */
  Function function() {
    return function;
  }

  /** The alias, which is the only thing that anybody may invoke. */
  Alias live() {
    return live;
  }
}
