package dev.vams.migration.local.server;

/**
 * The ports of the embedded servers on 127.0.0.1.
 *
 * @param s3 S3Mock's port, 1 to 65535, or 0 for any free one
 * @param dynamoDb DynamoDB Local's port, 1 to 65535, or 0 for any free one
 */
public record ServerPorts(int s3, int dynamoDb) {

  /** Any two free ports. */
  public static final ServerPorts FREE = new ServerPorts(0, 0);

  private static final int HIGHEST = 65_535;

  public ServerPorts {
    requirePort("s3", s3);
    requirePort("dynamoDb", dynamoDb);
    if (s3 != 0 && s3 == dynamoDb) {
      throw new IllegalArgumentException(
          "Both servers cannot use port " + s3 + "; give them different ports, or 0.");
    }
  }

  private static void requirePort(String name, int port) {
    if (port < 0 || port > HIGHEST) {
      throw new IllegalArgumentException(
          "Port "
              + port
              + " of "
              + name
              + " is not a port; use 1 to "
              + HIGHEST
              + ", or 0 for any free one.");
    }
  }
}
