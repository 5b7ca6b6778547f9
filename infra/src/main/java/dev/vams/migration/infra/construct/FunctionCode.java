package dev.vams.migration.infra.construct;

import dev.vams.migration.infra.settings.GrantedResources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import software.amazon.awscdk.services.lambda.Code;

/**
 * The code of all functions as one asset: {@code lib/<jar>}, where Lambda's Java runtime looks for
 * jars, and {@code granted.json} beside it, by which the Plan step knows what was granted.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/java-package.html">Deploy Java Lambda
 *     functions with .zip or JAR file archives</a>
 */
public final class FunctionCode implements AutoCloseable {
  private final Path folder;
  private final Code code;

  /**
   * Puts the asset together in a temporary folder.
   *
   * @param workflowJar the jar with all handlers and their dependencies
   * @throws UncheckedIOException if the jar cannot be copied
   */
  public FunctionCode(Path workflowJar, GrantedResources granted) {
    try {
      folder = Files.createTempDirectory("migration-functions");
      Files.createDirectory(folder.resolve("lib"));
      Files.copy(workflowJar, jar(folder));
      Files.write(folder.resolve("granted.json"), granted.json());
    } catch (IOException failure) {
      throw new UncheckedIOException("Cannot copy the workers' jar " + workflowJar, failure);
    }
    code = Code.fromAsset(folder.toString());
  }

  Code code() {
    return code;
  }

  /** Removes the temporary folder: the CDK made its own copy for the first function. */
  @Override
  public void close() {
    try {
      Files.delete(jar(folder));
      Files.delete(folder.resolve("lib"));
      Files.delete(folder.resolve("granted.json"));
      Files.delete(folder);
    } catch (IOException failure) {
      throw new UncheckedIOException("Cannot remove the temporary folder " + folder, failure);
    }
  }

  /** The jar has the same name whatever its version, so that only its content counts. */
  private static Path jar(Path folder) {
    return folder.resolve("lib").resolve("workflow.jar");
  }
}
