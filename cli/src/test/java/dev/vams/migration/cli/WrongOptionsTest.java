package dev.vams.migration.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Refused before any file is read or any service is called. */
class WrongOptionsTest {

  static Stream<Arguments> wrongOptions() {
    String deployed = "run --engine stepfunctions --schema nowhere.json ";
    String local = "run --schema nowhere.json ";
    return Stream.of(
        wrong(
            deployed + "--work-dir here",
            "--work-dir does not go with --engine stepfunctions. Leave it out, or choose --engine local."),
        wrong(deployed + "--work-bucket here", "--work-bucket does not go with"),
        wrong(deployed + "--worker-time PT1M", "--worker-time does not go with"),
        wrong(
            local + "--stack Other",
            "--stack does not go with --engine local. Leave it out, or choose --engine stepfunctions."),
        wrong(local + "--follow run-1", "--follow does not go with --engine local."),
        wrong(
            deployed + "--follow run-1 --dry-run",
            "--follow starts nothing, so it does not go with --dry-run. Leave one out."),
        wrong(deployed + "--follow run-1 --resume run-2", "it does not go with --resume."),
        wrong(deployed + "--follow run/1", "--follow: 'run/1' is not a run's name."),
        wrong("run --engine lambda --schema nowhere.json", "lambda"),
        wrong("speed --run run/1 --max-concurrency 5", "--run: 'run/1' is not a run's name."),
        wrong(
            "speed --run run-1 --max-concurrency 0",
            "--max-concurrency: 0 is out of range. Give a number from 1 to 10000."),
        wrong("speed --run run-1 --max-concurrency 10001", "--max-concurrency: 10001 is out"),
        wrong("speed --max-concurrency 5", "--run"),
        wrong(
            "speed --run run-1 --max-concurrency 5 --region us-eest-1",
            "'us-eest-1' is not a region of AWS. Give the region of the stack"));
  }

  @ParameterizedTest
  @MethodSource("wrongOptions")
  void areRefused(List<String> arguments, String message) {
    StringWriter err = new StringWriter();
    CommandLine commandLine = VamsMigrate.commandLine();
    commandLine.setErr(new PrintWriter(err));

    assertThat(commandLine.execute(arguments.toArray(String[]::new))).isEqualTo(2);

    assertThat(err.toString()).contains(message);
  }

  private static Arguments wrong(String arguments, String message) {
    return Arguments.of(List.of(arguments.split(" +", -1)), message);
  }
}
