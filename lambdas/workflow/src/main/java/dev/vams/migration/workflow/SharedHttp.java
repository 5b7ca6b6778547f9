package dev.vams.migration.workflow;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;

/** The HTTP client that all clients of one process share. */
final class SharedHttp implements AutoCloseable {

  /** More than all workers of one process have in flight, so that no call waits for another. */
  private static final int MOST_CONNECTIONS = 1024;

  /**
   * As no call waits for another, a connection that is not there by then will not come: where a
   * server refuses connections, the HTTP client at times forgets to say so, and this ends the wait.
   */
  private static final Duration CONNECTION_WAIT = Duration.ofSeconds(5);

  /** A copy of 5 GiB on the server's side answers late. */
  private static final Duration ANSWER_WAIT = Duration.ofMinutes(5);

  /**
   * Threads that move bytes between the network and the callers. The SDK takes two for each
   * processor; on two processors, one takes an eighth less processor time for each copy than four
   * do (bench/README.md), and leaves the other to those who ask.
   */
  private static final int EVENT_LOOPS =
      Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

  private final SdkEventLoopGroup eventLoops =
      SdkEventLoopGroup.builder().numberOfThreads(EVENT_LOOPS).build();

  private final SdkAsyncHttpClient client =
      NettyNioAsyncHttpClient.builder()
          .eventLoopGroup(eventLoops)
          .maxConcurrency(MOST_CONNECTIONS)
          .maxPendingConnectionAcquires(Integer.MAX_VALUE)
          .connectionAcquisitionTimeout(CONNECTION_WAIT)
          .connectionTimeout(CONNECTION_WAIT)
          .readTimeout(ANSWER_WAIT)
          .build();

  SdkAsyncHttpClient client() {
    return client;
  }

  /** When nothing is in flight: the client itself would wait two seconds for calls to come. */
  @Override
  public void close() {
    client.close();
    Future<?> unused = eventLoops.eventLoopGroup().shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
