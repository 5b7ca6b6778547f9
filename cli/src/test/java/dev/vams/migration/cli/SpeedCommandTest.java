package dev.vams.migration.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vams.migration.cli.deployed.ExecutionEnd;
import dev.vams.migration.cli.deployed.FakeDeployment;
import dev.vams.migration.cli.deployed.MapProgress;
import dev.vams.migration.core.limit.ManualClock;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class SpeedCommandTest {
  private final FakeDeployment deployment = new FakeDeployment(new ManualClock());
  private final StringWriter out = new StringWriter();

  @Test
  void changesTheMapThatIsOpenAndNoOther() {
    deployment.mapEnds("CopyPhase", new MapProgress(9, 9, 0, 40));
    deployment.map("VerifyUnits", new MapProgress(9, 1, 0, 40));

    change(5);

    assertThat(deployment.calls())
        .containsExactly("maps", "progress VerifyUnits", "limit VerifyUnits 5");
    assertThat(out.toString().strip())
        .isEqualTo("VerifyUnits of run run-1: at most 5 units at once, before 40.");
  }

  @Test
  void runThatHasEndedIsNotChanged() {
    deployment.mapEnds("CopyPhase", new MapProgress(9, 9, 0, 40));
    deployment.ends(new ExecutionEnd.Succeeded());

    assertNothingChanged("The run 'run-1' has ended.");
  }

  @Test
  void runBetweenTwoPhasesIsNotChanged() {
    deployment.mapEnds("CopyPhase", new MapProgress(9, 9, 0, 40));

    assertNothingChanged("No phase of the run 'run-1' is at work");
  }

  private void assertNothingChanged(String message) {
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> change(5))
        .withMessageContaining(message)
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(1));
    assertThat(deployment.calls()).noneMatch(call -> call.startsWith("limit"));
  }

  private void change(int maxConcurrency) {
    SpeedCommand.change(deployment, "run-1", maxConcurrency, new PrintWriter(out));
  }
}
