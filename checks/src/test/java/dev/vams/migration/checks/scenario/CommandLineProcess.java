package dev.vams.migration.checks.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** A process: the command line in a JVM, as its script starts it, or another program. */
final class CommandLineProcess implements AutoCloseable {

  /** Far longer than any of the tests needs on a busy machine; only a hang takes so long. */
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private static final Duration POLL_INTERVAL = Duration.ofMillis(10);

  private final Process process;
  private final Lines out;
  private final Lines err;

  /** What a process left behind. */
  record Ended(int exitCode, String out, String err) {}

  private CommandLineProcess(Process process) {
    this.process = process;
    out = new Lines(process.getInputStream());
    err = new Lines(process.getErrorStream());
  }

  /** Starts it against the emulator's servers. */
  static CommandLineProcess start(Emulator emulator, Path directory, List<String> arguments) {
    return start(
        emulator.servers().s3Endpoint(),
        emulator.servers().dynamoDbEndpoint(),
        directory,
        arguments);
  }

  /**
   * Starts it.
   *
   * @param directory its current directory
   */
  static CommandLineProcess start(URI s3, URI dynamoDb, Path directory, List<String> arguments) {
    return start(endpoints(s3, dynamoDb), directory, arguments);
  }

  private static Map<String, String> endpoints(URI s3, URI dynamoDb) {
    return Map.of(
        "AWS_ENDPOINT_URL_S3", s3.toString(), "AWS_ENDPOINT_URL_DYNAMODB", dynamoDb.toString());
  }

  /**
   * Starts it where no file may grow larger.
   *
   * @param blocks the limit in units of 512 bytes, as {@code ulimit -f} counts them
   */
  static CommandLineProcess startWithFilesOfAtMost(
      int blocks, Emulator emulator, Path directory, List<String> arguments) {
    List<String> line =
        new ArrayList<>(List.of("sh", "-c", "ulimit -f " + blocks + "; exec \"$@\"", "sh"));
    line.addAll(line(arguments));
    return start(
        line,
        endpoints(emulator.servers().s3Endpoint(), emulator.servers().dynamoDbEndpoint()),
        directory);
  }

  /**
   * Starts it with other settings of AWS.
   *
   * @param settings environment variables, besides credentials
   * @param directory its current directory
   */
  static CommandLineProcess start(
      Map<String, String> settings, Path directory, List<String> arguments) {
    return start(line(arguments), settings, directory);
  }

  private static List<String> line(List<String> arguments) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-Xmx256m"));
    // Its workers are twice as many: four on any machine.
    line.add("-XX:ActiveProcessorCount=2");
    line.add("-Dvams.migrate.servers=" + Emulator.SERVERS.toAbsolutePath().normalize());
    line.addAll(List.of("-cp", System.getProperty("java.class.path")));
    line.add("dev.vams.migration.cli.VamsMigrate");
    line.addAll(arguments);
    return line;
  }

  /**
   * Starts a program, of this product or another.
   *
   * @param line the program and its arguments
   * @param settings environment variables, besides credentials; no others of AWS are left
   * @param directory its current directory
   */
  static CommandLineProcess start(List<String> line, Map<String, String> settings, Path directory) {
    ProcessBuilder builder = new ProcessBuilder(line).directory(directory.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("AWS_"));
    environment.put("AWS_ACCESS_KEY_ID", "any");
    environment.put("AWS_SECRET_ACCESS_KEY", "any");
    environment.putAll(settings);
    try {
      return new CommandLineProcess(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** Waits until the condition holds; false when the process ended before. */
  boolean awaitWhileAlive(BooleanSupplier condition) {
    return awaitWhileAlive(condition, LIMIT);
  }

  /** The same, as long as only a hang takes. */
  boolean awaitWhileAlive(BooleanSupplier condition, Duration limit) {
    CompletableFuture<Process> end = process.onExit();
    for (long polls = limit.dividedBy(POLL_INTERVAL); polls > 0; polls--) {
      if (condition.getAsBoolean()) {
        return true;
      }
      try {
        end.get(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        return false;
      } catch (TimeoutException stillRunning) {
        // Time for the next look.
      } catch (InterruptedException | ExecutionException e) {
        throw new IllegalStateException("could not watch " + process, e);
      }
    }
    throw new AssertionError("nothing happened for " + limit + "; stderr: " + err.text());
  }

  String outSoFar() {
    return out.text();
  }

  String errSoFar() {
    return err.text();
  }

  /** Ends it as {@code kill -9} does: nothing of it runs any more. */
  void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Sends a signal, such as {@code INT} for Ctrl-C. */
  void signal(String name) {
    try {
      Process kill =
          new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start();
      if (kill.waitFor() != 0) {
        throw new IllegalStateException("could not send " + name + " to " + process);
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("could not send " + name + " to " + process, e);
    }
  }

  /** Waits for its end. */
  Ended awaitEnd() {
    return awaitEnd(LIMIT);
  }

  /** Waits for its end as long as only a hang takes. */
  Ended awaitEnd(Duration limit) {
    try {
      if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError(
            "%s did not end within %s; stdout: %s; stderr: %s"
                .formatted(process, limit, out.text(), err.text()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + process + " ran", e);
    }
    return new Ended(process.exitValue(), out.awaitText(), err.awaitText());
  }

  /** Ends it, and what it started. */
  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /** Reads a stream as it comes, so that the process never waits for its reader. */
  private static final class Lines {
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Void> end;

    Lines(InputStream stream) {
      end =
          CompletableFuture.runAsync(
              () ->
                  new BufferedReader(new InputStreamReader(stream, UTF_8))
                      .lines()
                      .forEach(lines::add),
              task -> {
                Thread reader = new Thread(task, "process-output");
                reader.setDaemon(true);
                reader.start();
              });
    }

    String text() {
      return String.join("\n", lines);
    }

    String awaitText() {
      end.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
      return text();
    }
  }
}
