package dev.vams.migration.local.server;

import dev.vams.migration.local.server.child.ParentWatch;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * One server in a JVM of its own. It works in a directory of its own, which is deleted when it
 * stops; its log stays beside that directory. Safe for use by several threads.
 */
final class ChildServer {

  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(2);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);
  private static final int LOG_LINES_SHOWN = 15;

  private final String name;
  private final URI endpoint;
  private final Process process;
  private final Path directory;
  private final Path log;

  private ChildServer(String name, URI endpoint, Process process, Path directory, Path log) {
    this.name = name;
    this.endpoint = endpoint;
    this.process = process;
    this.directory = directory;
    this.log = log;
  }

  /**
   * Starts the server's JVM and returns at once, before the server answers.
   *
   * @throws UncheckedIOException if the scratch directory cannot be written, or no process can be
   *     started
   */
  static ChildServer start(ServerCommand command, Path scratchDirectory) {
    String fileName = command.name().replace(' ', '-').toLowerCase(Locale.ROOT);
    Path directory = scratchDirectory.resolve(fileName).toAbsolutePath();
    Path log = scratchDirectory.resolve(fileName + ".log").toAbsolutePath();
    try {
      Path temporary = Files.createDirectories(directory.resolve("temporary"));
      Path launcher = directory.resolve("launcher");
      copyClass(ParentWatch.class, launcher);
      copyClass(command.mainClass(), launcher);

      List<String> line = new ArrayList<>();
      line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      line.addAll(command.javaOptions());
      line.add("-Djava.io.tmpdir=" + temporary);
      line.add("-cp");
      line.add(launcher + File.pathSeparator + command.classpath());
      line.add(ParentWatch.class.getName());
      line.add(command.mainClass().getName());
      line.addAll(command.arguments());
      Process process =
          new ProcessBuilder(line)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      URI endpoint = URI.create("http://127.0.0.1:" + command.port());
      return new ChildServer(command.name(), endpoint, process, directory, log);
    } catch (IOException e) {
      throw new UncheckedIOException("Could not start " + command.name() + " in " + directory, e);
    }
  }

  String name() {
    return name;
  }

  URI endpoint() {
    return endpoint;
  }

  ProcessHandle process() {
    return process.toHandle();
  }

  /** Whether the server answers HTTP requests by now; any answer counts. */
  boolean answers(HttpClient client) throws InterruptedException {
    try {
      client.send(
          HttpRequest.newBuilder(endpoint).timeout(ANSWER_LIMIT).build(),
          HttpResponse.BodyHandlers.discarding());
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** The failure to report when this server is not up and never will be. */
  ServerStartException failure(String reason) {
    return new ServerStartException(
        "%s %s. The end of its log %s:%n%s".formatted(name, reason, log, logTail()));
  }

  /** Tells the server to stop, without waiting for it. */
  void beginStop() {
    try {
      process.getOutputStream().close();
    } catch (IOException alreadyGone) {
      process.destroy();
    }
  }

  /**
   * Waits until the server has stopped, by force after five seconds, and deletes what it stored.
   */
  void finishStop() {
    try {
      if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    try {
      deleteTree(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Could not delete the files of " + name + "; delete by hand: " + directory, e);
    }
  }

  private String logTail() {
    try {
      List<String> lines =
          new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
      return String.join(
          System.lineSeparator(),
          lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size()));
    } catch (IOException e) {
      return "(the log cannot be read: " + e.getMessage() + ")";
    }
  }

  /** Copied one by one, so that nothing else of ours comes onto the server's classpath. */
  private static void copyClass(Class<?> type, Path classpathDirectory) throws IOException {
    Path target = classpathDirectory.resolve(type.getName().replace('.', '/') + ".class");
    Files.createDirectories(target.getParent());
    try (InputStream bytes = type.getResourceAsStream(type.getSimpleName() + ".class")) {
      Files.write(target, bytes.readAllBytes());
    }
  }

  private static void deleteTree(Path root) throws IOException {
    if (Files.notExists(root)) {
      return;
    }
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
