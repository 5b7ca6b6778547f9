package dev.vams.migration.checks;

import dev.vams.migration.local.server.EmbeddedServers;
import dev.vams.migration.local.server.ServerPorts;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * Clients of the embedded servers for test classes that ask for one in their constructor. The
 * servers are started by the first of them and stopped at the end of all tests.
 */
final class Servers implements ParameterResolver {
  private static final Path SERVERS = Path.of("..", "local", "servers", "target");
  private static final Path SCRATCH = Path.of("target", "servers");
  private static final StaticCredentialsProvider ANY =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any"));

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == S3AsyncClient.class || type == DynamoDbAsyncClient.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Running running =
        context
            .getRoot()
            .getStore(Namespace.create(Servers.class))
            .getOrComputeIfAbsent(Running.class, key -> Running.start(), Running.class);
    return parameter.getParameter().getType() == S3AsyncClient.class
        ? running.s3()
        : running.dynamoDb();
  }

  /** Starts servers of one's own; the caller closes them. */
  static EmbeddedServers startServers() {
    try {
      return EmbeddedServers.start(
          SERVERS, ServerPorts.FREE, SCRATCH.resolve(UUID.randomUUID().toString()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the servers started", e);
    }
  }

  /** A client of S3Mock; the caller closes it. */
  static S3AsyncClient s3(EmbeddedServers servers) {
    return S3AsyncClient.builder()
        .endpointOverride(servers.s3Endpoint())
        .forcePathStyle(true)
        .region(Region.US_EAST_1)
        .credentialsProvider(ANY)
        .build();
  }

  /** A client of DynamoDB Local; the caller closes it. */
  static DynamoDbAsyncClient dynamoDb(EmbeddedServers servers) {
    return DynamoDbAsyncClient.builder()
        .endpointOverride(servers.dynamoDbEndpoint())
        .region(Region.US_EAST_1)
        .credentialsProvider(ANY)
        .build();
  }

  /** Closed by JUnit when all tests have ended. */
  private record Running(EmbeddedServers servers, S3AsyncClient s3, DynamoDbAsyncClient dynamoDb)
      implements AutoCloseable {

    static Running start() {
      EmbeddedServers servers = startServers();
      return new Running(servers, Servers.s3(servers), Servers.dynamoDb(servers));
    }

    @Override
    public void close() {
      s3.close();
      dynamoDb.close();
      servers.close();
    }
  }
}
