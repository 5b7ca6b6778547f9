package dev.vams.migration.checks.scenario;

import dev.vams.migration.local.sample.SampleMigration;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** Where stacks are, seen through no eyes of the product. */
interface Services {
  S3AsyncClient s3();

  DynamoDbAsyncClient dynamoDb();

  /** A client of the S3 at an address, which lets anyone in; the caller closes it. */
  static S3AsyncClient s3At(URI endpoint) {
    return S3AsyncClient.builder()
        .endpointOverride(endpoint)
        .region(Region.of(SampleMigration.REGION))
        .credentialsProvider(anyone())
        .forcePathStyle(true)
        .build();
  }

  /** A client of the DynamoDB at an address, which lets anyone in; the caller closes it. */
  static DynamoDbAsyncClient dynamoDbAt(URI endpoint) {
    return DynamoDbAsyncClient.builder()
        .endpointOverride(endpoint)
        .region(Region.of(SampleMigration.REGION))
        .credentialsProvider(anyone())
        .build();
  }

  private static StaticCredentialsProvider anyone() {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any"));
  }
}
