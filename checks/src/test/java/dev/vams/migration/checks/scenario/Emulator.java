package dev.vams.migration.checks.scenario;

import dev.vams.migration.local.sample.SampleStack;
import dev.vams.migration.local.server.EmbeddedServers;
import dev.vams.migration.local.server.ServerPorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * The embedded servers, and clients that see through no eyes of the product. One is shared by all
 * tests: each takes new names, and none writes to the filled sample stack.
 */
final class Emulator implements Services, AutoCloseable {

  /** Where the build puts the servers, seen from this module. */
  static final Path SERVERS = Path.of("..", "local", "servers", "target");

  private final AtomicInteger names = new AtomicInteger();
  private final EmbeddedServers servers;
  private final Path scratch;
  private final S3AsyncClient s3;
  private final DynamoDbAsyncClient dynamoDb;
  private FilledStack filled;

  private Emulator(EmbeddedServers servers, Path scratch) {
    this.servers = servers;
    this.scratch = scratch;
    s3 = Services.s3At(servers.s3Endpoint());
    dynamoDb = Services.dynamoDbAt(servers.dynamoDbEndpoint());
  }

  static Emulator start() {
    try {
      Path scratch = Files.createTempDirectory("scenario-servers");
      return new Emulator(EmbeddedServers.start(SERVERS, ServerPorts.FREE, scratch), scratch);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the servers started", e);
    }
  }

  EmbeddedServers servers() {
    return servers;
  }

  @Override
  public S3AsyncClient s3() {
    return s3;
  }

  @Override
  public DynamoDbAsyncClient dynamoDb() {
    return dynamoDb;
  }

  /**
   * A prefix that nothing has yet. What follows it says which side a bucket or table is on: {@code
   * -a}, {@code -b} or {@code -work}.
   */
  String newName() {
    return "scenario-" + names.incrementAndGet();
  }

  /** An empty bucket for the files of runs. */
  String newWorkBucket() {
    String bucket = newName() + "-work";
    s3.createBucket(request -> request.bucket(bucket)).join();
    return bucket;
  }

  /** An empty stack in the shape of VAMS, to migrate to. */
  SampleStack newStack() throws InterruptedException {
    return SampleStack.create(s3, dynamoDb, newName() + "-b");
  }

  /** The one filled sample stack; the source of many migrations. */
  synchronized FilledStack filledStack() throws InterruptedException {
    if (filled == null) {
      filled = FilledStack.create(this, newName() + "-a");
    }
    return filled;
  }

  @Override
  public void close() throws IOException {
    s3.close();
    dynamoDb.close();
    servers.close();
    try (Stream<Path> logs = Files.list(scratch)) {
      for (Path log : logs.toList()) {
        Files.delete(log);
      }
    }
    Files.delete(scratch);
  }
}
