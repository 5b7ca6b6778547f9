package dev.vams.migration.workflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.vams.migration.core.plan.Problem;
import dev.vams.migration.core.store.InMemoryWorkStore;
import dev.vams.migration.core.transfer.TransferLimits;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NotifyHandlerTest {
  private static final URI NO_SERVER = URI.create("http://127.0.0.1:1");

  private final InMemoryWorkStore store = new InMemoryWorkStore();
  private final List<String> published = new ArrayList<>();
  private final WorkflowWiring wiring =
      new WorkflowWiring(
          new AwsAccess.Emulated(NO_SERVER, NO_SERVER),
          own -> store,
          TransferLimits.DEFAULT,
          WorkListener.DEAF,
          InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z")),
          new Random(1));
  private final NotifyHandler handler =
      new NotifyHandler(wiring, (subject, message) -> published.add(subject + "\n---\n" + message));

  @AfterEach
  void close() {
    wiring.close();
  }

  @Test
  void publishesTheVerdictOfTheReport() {
    new ReportFiles(wiring)
        .write(
            wiring.journal("run-1"),
            wiring
                .concluder()
                .refuse(
                    "run-1",
                    Optional.empty(),
                    List.of(new Problem(Problem.Kind.INPUT, "$.regionTo", "bad", "Mend it."))));

    handler.handleRequest(event("FAILED", "PlanRefused"), null);

    assertThat(published).hasSize(1);
    assertThat(published.get(0))
        .startsWith("Migration run-1: REFUSED\n---\nMigration run-1: REFUSED\n")
        .contains("$.regionTo: bad. Mend it.")
        .contains("Report:    memory:runs/run-1/report.txt");
  }

  @Test
  void publishesAlsoWithoutAReport() {
    handler.handleRequest(event("RUNNING", null), null);

    assertThat(published.get(0)).startsWith("Migration run-1 has started\n---\n");
  }

  @Test
  void publishesAlsoWhenTheReportCannotBeRead() {
    store.put("runs/run-1/report.json", "{".getBytes(UTF_8));

    handler.handleRequest(event("SUCCEEDED", null), null);

    assertThat(published.get(0)).contains("the report could not be read");
  }

  private static ScheduledEvent event(String status, String cause) {
    Map<String, Object> detail = new HashMap<>();
    detail.put("executionArn", "arn:aws:states:eu-west-1:111122223333:execution:Move:run-1");
    detail.put("name", "run-1");
    detail.put("status", status);
    detail.put("cause", cause);
    ScheduledEvent event = new ScheduledEvent();
    event.setDetail(detail);
    return event;
  }
}
