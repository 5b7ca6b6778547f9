package dev.vams.migration.workflow;

import java.net.URI;
import java.util.Optional;

/** How the services are reached. */
public sealed interface AwsAccess {

  /** As the AWS SDK's standard settings say: environment, profile, instance or task role. */
  record Standard() implements AwsAccess {}

  /**
   * Servers that take any credentials, at these addresses.
   *
   * @param s3 the address of a server that speaks S3
   * @param dynamoDb the address of a server that speaks DynamoDB
   * @param sts the address of a server that speaks STS; empty when there is none, and then no role
   *     is assumed
   */
  record Emulated(URI s3, URI dynamoDb, Optional<URI> sts) implements AwsAccess {

    /** Servers without STS. */
    public Emulated(URI s3, URI dynamoDb) {
      this(s3, dynamoDb, Optional.empty());
    }
  }
}
