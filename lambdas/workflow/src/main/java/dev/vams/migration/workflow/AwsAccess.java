package dev.vams.migration.workflow;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** How the services are reached. */
public sealed interface AwsAccess {

  /**
   * As the AWS SDK's standard settings say: environment, profile, instance or task role.
   *
   * @param pathStyle whether bucket names go into the path of addresses, as servers other than S3
   *     want them
   */
  record Standard(boolean pathStyle) implements AwsAccess {

    /** Path-style addresses where the environment names an endpoint of its own for S3. */
    public static Standard of(Map<String, String> environment) {
      return new Standard(
          environment.containsKey("AWS_ENDPOINT_URL_S3")
              || environment.containsKey("AWS_ENDPOINT_URL"));
    }
  }

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
