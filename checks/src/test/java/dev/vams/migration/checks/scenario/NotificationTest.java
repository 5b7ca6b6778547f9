package dev.vams.migration.checks.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.vams.migration.checks.scenario.SmallMigration.Size;
import dev.vams.migration.workflow.NotifyHandler;
import dev.vams.migration.workflow.WorkListener;
import dev.vams.migration.workflow.WorkflowWiring;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The message about a run has what the run left in the work bucket. */
@ExtendWith(EmulatorExtension.class)
class NotificationTest {

  @Test
  void tellsTheVerdictThatTheReportInTheWorkBucketHas(Emulator emulator) {
    LocalRun runs = LocalRun.inBucket(emulator, emulator.newWorkBucket());
    runs.run("night", SmallMigration.create(emulator, Size.SMALL).schema());
    List<String> told = new ArrayList<>();

    try (WorkflowWiring wiring = runs.wiring(WorkListener.DEAF)) {
      ScheduledEvent event = new ScheduledEvent();
      event.setDetail(
          Map.of(
              "name",
              "night",
              "status",
              "SUCCEEDED",
              "executionArn",
              "arn:aws:states:us-east-1:111122223333:execution:migration:night"));
      new NotifyHandler(wiring, (subject, message) -> told.add(message)).handleRequest(event, null);
    }

    assertThat(told)
        .singleElement()
        .asString()
        .contains("VERIFIED: %d objects".formatted(Size.SMALL.objects()));
  }
}
