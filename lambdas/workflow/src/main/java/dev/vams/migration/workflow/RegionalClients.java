package dev.vams.migration.workflow;

import dev.vams.migration.core.store.ItemTable;
import dev.vams.migration.core.store.ObjectStore;
import dev.vams.migration.core.store.Stack;
import dev.vams.migration.dynamodb.DynamoDbItemTable;
import dev.vams.migration.s3.S3ObjectStore;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClientBuilder;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;

/** The clients of one region, which share one HTTP client. Safe for use by many threads. */
final class RegionalClients implements Stack, AutoCloseable {

  /** More than all workers of one process have in flight, so that no call waits for another. */
  private static final int MOST_CONNECTIONS = 1024;

  /**
   * As no call waits for another, a connection that is not there by then will not come: where a
   * server refuses connections, the HTTP client at times forgets to say so, and this ends the wait.
   */
  private static final Duration CONNECTION_WAIT = Duration.ofSeconds(5);

  /** A copy of 5 GiB on the server's side answers late. */
  private static final Duration ANSWER_WAIT = Duration.ofMinutes(5);

  /** The first call and its repetitions; above them, the workflow repeats the task. */
  private static final int MOST_ATTEMPTS = 6;

  private final SdkAsyncHttpClient http;
  private final S3AsyncClient s3;
  private final DynamoDbAsyncClient dynamoDb;

  RegionalClients(String region, AwsAccess access) {
    http =
        NettyNioAsyncHttpClient.builder()
            .maxConcurrency(MOST_CONNECTIONS)
            .maxPendingConnectionAcquires(Integer.MAX_VALUE)
            .connectionAcquisitionTimeout(CONNECTION_WAIT)
            .connectionTimeout(CONNECTION_WAIT)
            .readTimeout(ANSWER_WAIT)
            .build();
    ClientOverrideConfiguration retries =
        ClientOverrideConfiguration.builder()
            .retryStrategy(
                AwsRetryStrategy.standardRetryStrategy().toBuilder()
                    .maxAttempts(MOST_ATTEMPTS)
                    .build())
            .build();
    S3AsyncClientBuilder s3Builder =
        S3AsyncClient.builder()
            .region(Region.of(region))
            .httpClient(http)
            .overrideConfiguration(retries);
    DynamoDbAsyncClientBuilder dynamoDbBuilder =
        DynamoDbAsyncClient.builder()
            .region(Region.of(region))
            .httpClient(http)
            .overrideConfiguration(retries);
    if (access instanceof AwsAccess.Emulated emulated) {
      StaticCredentialsProvider any =
          StaticCredentialsProvider.create(AwsBasicCredentials.create("emulated", "emulated"));
      s3Builder.endpointOverride(emulated.s3()).credentialsProvider(any);
      dynamoDbBuilder.endpointOverride(emulated.dynamoDb()).credentialsProvider(any);
    }
    s3 = withPathStyleWhereNeeded(s3Builder);
    dynamoDb = dynamoDbBuilder.build();
  }

  /**
   * An endpoint of one's own, from wherever the SDK takes it (environment or profile), is seldom
   * S3's, and other servers want a bucket's name in the path instead of the host.
   */
  private static S3AsyncClient withPathStyleWhereNeeded(S3AsyncClientBuilder builder) {
    S3AsyncClient client = builder.build();
    if (client.serviceClientConfiguration().endpointOverride().isEmpty()) {
      return client;
    }
    client.close();
    return builder.forcePathStyle(true).build();
  }

  S3AsyncClient s3() {
    return s3;
  }

  @Override
  public ObjectStore objects() {
    return new S3ObjectStore(s3);
  }

  @Override
  public ItemTable table(String name) {
    return new DynamoDbItemTable(dynamoDb, name);
  }

  @Override
  public void close() {
    s3.close();
    dynamoDb.close();
    http.close();
  }
}
