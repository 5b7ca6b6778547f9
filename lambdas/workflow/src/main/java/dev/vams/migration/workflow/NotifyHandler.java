package dev.vams.migration.workflow;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.vams.migration.core.journal.RunFiles;
import dev.vams.migration.core.report.NotificationText;
import dev.vams.migration.core.report.NotificationText.Status;
import dev.vams.migration.core.report.NotificationText.StatusChange;
import dev.vams.migration.core.report.Report;
import dev.vams.migration.core.store.StoreException;
import dev.vams.migration.core.store.WorkStoreException;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people that a run started or how it ended. EventBridge calls it, not the workflow: so it
 * also hears of runs that were stopped. A report that cannot be read does not keep the message
 * back.
 *
 * <p>The events library has no type for Step Functions' event; {@code ScheduledEvent} is its type
 * for any event of EventBridge.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/cw-events.html">EventBridge
 *     for Step Functions execution status changes</a>
 */
public final class NotifyHandler implements RequestHandler<ScheduledEvent, Void> {
  private static final Logger LOG = LoggerFactory.getLogger(NotifyHandler.class);

  private final WorkflowWiring wiring;
  private final Publisher publisher;

  /** Used by Lambda. */
  public NotifyHandler() {
    this(WorkflowWiring.ofLambda(System.getenv()), WorkflowWiring.publisher(System.getenv()));
  }

  /** Used by everything else. */
  public NotifyHandler(WorkflowWiring wiring, Publisher publisher) {
    this.wiring = wiring;
    this.publisher = publisher;
  }

  @Override
  public Void handleRequest(ScheduledEvent event, Context context) {
    Map<String, Object> detail = event.getDetail();
    RunFiles files = new RunFiles(text(detail, "name"));
    NotificationText text =
        new NotificationText(
            new StatusChange(
                files.run(),
                Status.valueOf(text(detail, "status")),
                text(detail, "cause"),
                text(detail, "executionArn"),
                wiring.workStore().location(files.reportText())),
            report(files));
    publisher.publish(text.subject(), text.message());
    LOG.info("run {}: told of status {}", files.run(), text(detail, "status"));
    return null;
  }

  private Optional<Report> report(RunFiles files) {
    try {
      return wiring
          .workStore()
          .get(files.reportJson())
          .map(json -> wiring.codec().decode(json, Report.class));
    } catch (WorkStoreException | StoreException | IllegalArgumentException unreadable) {
      LOG.warn("run {}: its message goes out without the report", files.run(), unreadable);
      return Optional.empty();
    }
  }

  /** What a status does not have is missing or null, such as the cause of a success. */
  private static String text(Map<String, Object> detail, String name) {
    Object value = detail.get(name);
    return value == null ? "" : value.toString();
  }
}
