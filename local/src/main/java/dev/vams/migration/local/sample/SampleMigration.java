package dev.vams.migration.local.sample;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vams.migration.local.server.EmbeddedServers;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * Two sample stacks on the embedded servers: A is filled, B is empty.
 *
 * @param schema the migration from A to B
 * @param data how much is in A
 */
public record SampleMigration(ObjectNode schema, SampleData data) {

  /** The region that both stacks claim to be in; the embedded servers do not care. */
  public static final String REGION = "us-east-1";

  /**
   * Creates and fills the stacks, which takes a few seconds.
   *
   * @param scale how much there is: 1 for about 300 objects and 2,000 items, N for N times as much
   * @param seed the same seed gives the same data
   * @throws InterruptedException when the thread is interrupted meanwhile
   */
  public static SampleMigration prepare(EmbeddedServers servers, int scale, long seed)
      throws InterruptedException {
    StaticCredentialsProvider any =
        StaticCredentialsProvider.create(AwsBasicCredentials.create("emulated", "emulated"));
    try (S3AsyncClient s3 =
            S3AsyncClient.builder()
                .region(Region.of(REGION))
                .endpointOverride(servers.s3Endpoint())
                .forcePathStyle(true)
                .credentialsProvider(any)
                .build();
        DynamoDbAsyncClient dynamoDb =
            DynamoDbAsyncClient.builder()
                .region(Region.of(REGION))
                .endpointOverride(servers.dynamoDbEndpoint())
                .credentialsProvider(any)
                .build()) {
      SampleStack from = SampleStack.create(s3, dynamoDb, "vams-a");
      SampleStack to = SampleStack.create(s3, dynamoDb, "vams-b");
      SampleData data = SampleData.fill(s3, dynamoDb, from, scale, seed);
      return new SampleMigration(SampleSchema.of(from, to, REGION), data);
    }
  }
}
