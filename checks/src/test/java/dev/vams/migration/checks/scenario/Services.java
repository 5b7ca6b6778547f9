package dev.vams.migration.checks.scenario;

import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** Where stacks are, seen through no eyes of the product. */
interface Services {
  S3AsyncClient s3();

  DynamoDbAsyncClient dynamoDb();
}
