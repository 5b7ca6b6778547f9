package dev.vams.migration.workflow;

import dev.vams.migration.core.inventory.Grants;
import dev.vams.migration.core.json.JacksonCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a task knows of the deployment that it belongs to. On this machine there is none.
 *
 * @param region where the functions and the work bucket are
 * @param grantsFile says what the deployment allows
 */
record TaskEnvironment(String region, Path grantsFile) {

  /**
   * The deployment of a Lambda function, whose variables Lambda sets (<a
   * href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html">environment
   * variables</a>).
   */
  static TaskEnvironment of(Map<String, String> environment) {
    return new TaskEnvironment(
        environment.get("AWS_REGION"),
        Path.of(environment.getOrDefault("LAMBDA_TASK_ROOT", "/var/task"), "granted.json"));
  }

  /**
   * What the deployment allows.
   *
   * @throws UnreadableGrantsException when the file is missing or is not what it should be
   */
  Grants grants(JacksonCodec codec) {
    try {
      return codec.decode(Files.readAllBytes(grantsFile), Grants.class);
    } catch (IOException | IllegalArgumentException e) {
      throw new UnreadableGrantsException(grantsFile, e);
    }
  }
}
