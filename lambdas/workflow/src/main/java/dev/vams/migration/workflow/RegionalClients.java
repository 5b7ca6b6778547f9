package dev.vams.migration.workflow;

import dev.vams.migration.core.limit.RequestRate;
import dev.vams.migration.core.plan.AssumedRole;
import dev.vams.migration.core.store.ItemTable;
import dev.vams.migration.core.store.ObjectStore;
import dev.vams.migration.core.store.ObjectUploads;
import dev.vams.migration.core.store.Stack;
import dev.vams.migration.dynamodb.DynamoDbItemTable;
import dev.vams.migration.s3.ReadableAnswers;
import dev.vams.migration.s3.S3ObjectStore;
import dev.vams.migration.s3.S3ObjectUploads;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClientBuilder;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The clients of one region and one identity, which is the workers' own or a role that they assume.
 * Safe for use by many threads.
 */
final class RegionalClients implements Stack, AutoCloseable {

  /** By this name owners of stacks, roles and topics know the workers' calls in CloudTrail. */
  static final String CALLER = "vams-migration";

  /** The first call and its repetitions; above them, the workflow repeats the task. */
  private static final int MOST_ATTEMPTS = 6;

  private final S3AsyncClient s3;
  private final DynamoDbAsyncClient dynamoDb;
  private final Deque<SdkAutoCloseable> opened = new ArrayDeque<>();

  /**
   * @param role the role to assume; empty for the workers' own identity
   * @param http makes the calls of all clients; the caller closes it
   * @param s3Throttled is run whenever S3 asks for less
   * @param dynamoDbThrottled the same of DynamoDB
   * @param s3Rate how fast S3 is called; empty for as fast as it answers
   */
  RegionalClients(
      String region,
      Optional<AssumedRole> role,
      AwsAccess access,
      SdkAsyncHttpClient http,
      Runnable s3Throttled,
      Runnable dynamoDbThrottled,
      Optional<RequestRate> s3Rate) {
    AwsCredentialsProvider credentials =
        credentials(Region.of(region), role, access, configuration(() -> {}));
    S3AsyncClientBuilder s3Builder =
        S3AsyncClient.builder()
            .region(Region.of(region))
            .credentialsProvider(credentials)
            .httpClient(http)
            .overrideConfiguration(
                configuration(s3Throttled).toBuilder()
                    .retryStrategy(paced(retries(s3Throttled), s3Rate))
                    .addExecutionInterceptor(new ReadableAnswers())
                    .build());
    DynamoDbAsyncClientBuilder dynamoDbBuilder =
        DynamoDbAsyncClient.builder()
            .region(Region.of(region))
            .credentialsProvider(credentials)
            .httpClient(http)
            .overrideConfiguration(configuration(dynamoDbThrottled));
    if (access instanceof AwsAccess.Emulated emulated) {
      s3Builder.endpointOverride(emulated.s3());
      dynamoDbBuilder.endpointOverride(emulated.dynamoDb());
    }
    s3 = opened(withPathStyleWhereNeeded(s3Builder));
    dynamoDb = opened(dynamoDbBuilder.build());
  }

  private static ClientOverrideConfiguration configuration(Runnable throttled) {
    return ClientOverrideConfiguration.builder()
        .appId(CALLER)
        .retryStrategy(retries(throttled))
        .addExecutionInterceptor(new UnprocessedItemsInterceptor(throttled))
        .build();
  }

  private static RetryStrategy retries(Runnable throttled) {
    return new ThrottleCountingRetries(
        AwsRetryStrategy.standardRetryStrategy().toBuilder().maxAttempts(MOST_ATTEMPTS).build(),
        throttled);
  }

  private static RetryStrategy paced(RetryStrategy retries, Optional<RequestRate> rate) {
    return rate.<RetryStrategy>map(given -> new PacedRetries(retries, given)).orElse(retries);
  }

  private AwsCredentialsProvider credentials(
      Region region,
      Optional<AssumedRole> role,
      AwsAccess access,
      ClientOverrideConfiguration configuration) {
    if (access instanceof AwsAccess.Emulated emulated) {
      AwsCredentialsProvider any =
          StaticCredentialsProvider.create(AwsBasicCredentials.create("emulated", "emulated"));
      return role.isPresent() && emulated.sts().isPresent()
          ? assume(role.get(), region, any, emulated.sts(), configuration)
          : any;
    }
    AwsCredentialsProvider own = DefaultCredentialsProvider.builder().build();
    return role.isPresent()
        ? assume(role.get(), region, own, Optional.empty(), configuration)
        : own;
  }

  /**
   * Assumes the role when it is first needed and again before its hour is over: a role that is
   * assumed from another role lasts no longer (<a
   * href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">AssumeRole</a>).
   * The call that finds the credentials old renews them: a thread of its own would stand still
   * wherever Lambda freezes the function.
   */
  private AwsCredentialsProvider assume(
      AssumedRole role,
      Region region,
      AwsCredentialsProvider own,
      Optional<URI> endpoint,
      ClientOverrideConfiguration configuration) {
    // The provider calls STS synchronously, for which the shared client is not made.
    StsClientBuilder sts =
        StsClient.builder()
            .region(region)
            .credentialsProvider(own)
            .httpClient(opened(UrlConnectionHttpClient.create()))
            .overrideConfiguration(configuration);
    endpoint.ifPresent(sts::endpointOverride);
    return opened(
        StsAssumeRoleCredentialsProvider.builder()
            .stsClient(opened(sts.build()))
            .refreshRequest(
                request ->
                    request
                        .roleArn(role.arn())
                        .externalId(role.externalId())
                        .roleSessionName(CALLER))
            .build());
  }

  private <T extends SdkAutoCloseable> T opened(T closeable) {
    opened.push(closeable);
    return closeable;
  }

  /**
   * An endpoint of one's own, from wherever the SDK takes it (environment or profile), is seldom
   * S3's, and other servers want a bucket's name in the path instead of the host.
   */
  private static S3AsyncClient withPathStyleWhereNeeded(S3AsyncClientBuilder builder) {
    S3AsyncClient client = builder.build();
    Optional<URI> endpoint = client.serviceClientConfiguration().endpointOverride();
    if (endpoint.isEmpty()) {
      return client;
    }
    client.close();
    if (endpoint.get().getHost() == null) {
      throw new IllegalArgumentException("the endpoint '%s' has no host".formatted(endpoint.get()));
    }
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
  public ObjectUploads uploads() {
    return new S3ObjectUploads(s3);
  }

  @Override
  public ItemTable table(String name) {
    return new DynamoDbItemTable(dynamoDb, name);
  }

  @Override
  public void close() {
    opened.forEach(SdkAutoCloseable::close);
  }
}
