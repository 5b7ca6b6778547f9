package dev.vams.migration.checks.scenario;

import java.io.IOException;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * Gives tests the {@link LocalStackEngine}: at the address that {@code -De2e.endpoint} names, or in
 * a container. Where there is neither it skips them, and fails them with {@code -De2e.required}.
 */
final class LocalStackExtension implements ExecutionCondition, ParameterResolver {

  /** The last community image that needs no account. */
  private static final DockerImageName IMAGE =
      DockerImageName.parse("localstack/localstack:4.14.0");

  private static final String ENDPOINT = System.getProperty("e2e.endpoint", "");
  private static final String NOT_RUN =
      "The LocalStack test did not run: no Docker is here, and -De2e.endpoint names no LocalStack.";

  private static final Namespace NAMESPACE = Namespace.create(LocalStackExtension.class);

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (!ENDPOINT.isEmpty() || DockerClientFactory.instance().isDockerAvailable()) {
      return ConditionEvaluationResult.enabled("there is a LocalStack");
    }
    if (Boolean.getBoolean("e2e.required")) {
      throw new ExtensionConfigurationException(NOT_RUN);
    }
    System.out.println(NOT_RUN);
    return ConditionEvaluationResult.disabled(NOT_RUN);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == LocalStackEngine.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    ExtensionContext.Store store = context.getRoot().getStore(NAMESPACE);
    return store.getOrComputeIfAbsent(
        LocalStackEngine.class, type -> engine(store), LocalStackEngine.class);
  }

  private static LocalStackEngine engine(ExtensionContext.Store store) {
    String endpoint =
        ENDPOINT.isEmpty()
            ? store
                .getOrComputeIfAbsent(Container.class, type -> Container.start(), Container.class)
                .endpoint()
            : ENDPOINT;
    try {
      return LocalStackEngine.at(endpoint);
    } catch (IllegalArgumentException e) {
      throw new ParameterResolutionException(e.getMessage(), e);
    }
  }

  /** Closed by JUnit when all tests have ended; its log stays. */
  private record Container(LocalStackContainer localStack) implements AutoCloseable {

    static Container start() {
      LocalStackContainer localStack =
          new LocalStackContainer(IMAGE)
              // The functions' jar runs on any processor, and so does this test.
              .withEnv("LAMBDA_IGNORE_ARCHITECTURE", "1")
              // Seconds; a JVM on a busy machine needs more than the default of 20.
              .withEnv("LAMBDA_RUNTIME_ENVIRONMENT_TIMEOUT", "120")
              // It has no dashboards.
              .withEnv("CFN_IGNORE_UNSUPPORTED_RESOURCE_TYPES", "1");
      localStack.start();
      return new Container(localStack);
    }

    String endpoint() {
      return localStack.getEndpoint().toString();
    }

    @Override
    public void close() throws IOException {
      try (localStack) {
        LocalStackEngine.write("localstack.log", localStack.getLogs());
      }
    }
  }
}
