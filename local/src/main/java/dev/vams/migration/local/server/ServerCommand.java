package dev.vams.migration.local.server;

import dev.vams.migration.local.server.child.LoopbackDynamoDbLocal;
import dev.vams.migration.local.server.child.LoopbackS3Mock;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How one server is started.
 *
 * @param name the server's name in messages
 * @param port the port on 127.0.0.1 that it will listen on
 * @param mainClass the class to run in the child JVM; one of ours
 * @param classpath the server's own jars, as a Java classpath
 * @param javaOptions options for the child JVM
 * @param arguments the server's own command line
 */
record ServerCommand(
    String name,
    int port,
    Class<?> mainClass,
    String classpath,
    List<String> javaOptions,
    List<String> arguments) {

  static final String S3_MOCK = "S3Mock";
  static final String DYNAMO_DB_LOCAL = "DynamoDB Local";

  /**
   * A short start matters more here than peak speed: the quick compiler and the simplest collector.
   */
  private static final List<String> QUICK_START =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  ServerCommand {
    javaOptions = List.copyOf(javaOptions);
    arguments = List.copyOf(arguments);
  }

  /** S3Mock, with its objects in a directory below its working directory. */
  static ServerCommand s3Mock(Path serversDirectory, int port) {
    Path jar = serversDirectory.resolve("s3mock").resolve("s3mock.jar").toAbsolutePath();
    requireInstalled(S3_MOCK, jar);
    return new ServerCommand(
        S3_MOCK,
        port,
        LoopbackS3Mock.class,
        jar.toString(),
        options("-Xmx512m"),
        List.of(
            "--server.address=127.0.0.1",
            "--server.port=" + port,
            "--server.ssl.enabled=false",
            "--server.tomcat.mbeanregistry.enabled=true",
            "--http.port=0",
            "--spring.main.banner-mode=off",
            "--com.adobe.testing.s3mock.store.root=objects"));
  }

  /** DynamoDB Local, with its tables in memory, one set for all credentials and Regions. */
  static ServerCommand dynamoDbLocal(Path serversDirectory, int port) {
    Path jars = serversDirectory.resolve("dynamodb-local").toAbsolutePath();
    requireInstalled(DYNAMO_DB_LOCAL, jars);
    return new ServerCommand(
        DYNAMO_DB_LOCAL,
        port,
        LoopbackDynamoDbLocal.class,
        jars + File.separator + "*",
        options("-Xmx1g", "-Dsqlite4java.library.path=" + jars),
        List.of("-inMemory", "-sharedDb", "-disableTelemetry", "-port", Integer.toString(port)));
  }

  private static List<String> options(String... own) {
    List<String> options = new ArrayList<>(QUICK_START);
    options.addAll(List.of(own));
    return options;
  }

  private static void requireInstalled(String name, Path path) {
    if (Files.notExists(path)) {
      throw new ServersMissingException(name, path);
    }
  }
}
