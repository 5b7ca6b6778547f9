package dev.vams.migration.workflow;

import java.net.URI;

/** How the services are reached. */
public sealed interface AwsAccess {

  /** As the AWS SDK's standard settings say: environment, profile, instance or task role. */
  record Standard() implements AwsAccess {}

  /**
   * Servers that take any credentials, at these addresses.
   *
   * @param s3 the address of a server that speaks S3
   * @param dynamoDb the address of a server that speaks DynamoDB
   */
  record Emulated(URI s3, URI dynamoDb) implements AwsAccess {}
}
