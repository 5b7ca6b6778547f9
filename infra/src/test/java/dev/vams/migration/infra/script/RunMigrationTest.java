package dev.vams.migration.infra.script;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code run-migration.sh} with a command {@code aws} that answers from files. */
class RunMigrationTest {
  private static final String AWS =
      """
      #!/bin/sh
      echo "$@" >> "$FOLDER/calls"
      case "$*" in
        *StateMachineArn*) echo arn:machine ;;
        *WorkBucketName*) echo work ;;
        *start-execution*) echo arn:aws:states:eu-west-1:111122223333:execution:Move:run-1 ;;
        *describe-execution*) head -n 1 "$FOLDER/statuses"; sed -i 1d "$FOLDER/statuses" ;;
        *"s3 cp s3://work/runs/run-1/report.txt -"*) cat "$FOLDER/report.txt" ;;
        *) exit 9 ;;
      esac
      """;

  @TempDir Path folder;

  private record Outcome(int exitCode, String output) {}

  @ParameterizedTest
  @CsvSource({"SUCCEEDED, 0", "FAILED, 1", "TIMED_OUT, 1", "ABORTED, 1"})
  void waitsForTheEndAndFailsUnlessItIsGood(String status, int exitCode) throws Exception {
    Files.writeString(folder.resolve("statuses"), "RUNNING\nRUNNING\n" + status + "\n");
    Files.writeString(folder.resolve("report.txt"), "the report\n");

    Outcome outcome = run("Stack", "my.json");

    assertThat(outcome.exitCode()).isEqualTo(exitCode);
    assertThat(outcome.output())
        .contains("s3://work/runs/run-1/")
        .endsWith("the report\n" + status + "\n");
    assertThat(Files.readAllLines(folder.resolve("calls")))
        .anyMatch(call -> call.contains("--state-machine-arn arn:machine --input file://my.json"))
        .filteredOn(call -> call.contains("describe-execution"))
        .hasSize(3);
  }

  @Test
  void saysWhenThereIsNoReport() throws Exception {
    Files.writeString(folder.resolve("statuses"), "ABORTED\n");

    Outcome outcome = run("Stack", "my.json");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.output()).contains("There is no report: look at the execution.");
  }

  @Test
  void saysHowToUseIt() throws Exception {
    Outcome outcome = run("Stack");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.output()).startsWith("usage: sh infra/run-migration.sh <stack");
  }

  private Outcome run(String... arguments) throws IOException, InterruptedException {
    Path aws = Files.writeString(folder.resolve("aws"), AWS);
    assertThat(aws.toFile().setExecutable(true)).isTrue();
    List<String> command = new ArrayList<>(List.of("sh", "run-migration.sh"));
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder script = new ProcessBuilder(command).redirectErrorStream(true);
    script.environment().put("FOLDER", folder.toString());
    script.environment().put("POLL_SECONDS", "0");
    script.environment().merge("PATH", folder.toString(), (path, first) -> first + ":" + path);
    Process process = script.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Outcome(process.waitFor(), output);
  }
}
