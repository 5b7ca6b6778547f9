package dev.vams.migration.workflow;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.vams.migration.core.journal.Journal;
import dev.vams.migration.core.plan.MigrationPlan;
import dev.vams.migration.core.plan.Unit;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The task CopySegment: copies the items of a segment for as long as one worker may run. */
public final class CopySegmentHandler implements RequestStreamHandler {
  private final WorkflowWiring wiring;

  /** Used by Lambda. */
  public CopySegmentHandler() {
    this(WorkflowWiring.ofLambda(System.getenv()));
  }

  /** Used by everything else. */
  public CopySegmentHandler(WorkflowWiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Exchange.exchange(input, output, CopyRequest.class, request -> copy(request, context));
  }

  private CopyResponse copy(CopyRequest request, Context context) {
    Journal journal = wiring.journal(request.run());
    MigrationPlan plan = wiring.plan(journal);
    return CopyResponse.of(
        wiring
            .segmentCopier(plan.schema())
            .copy(
                journal,
                plan,
                (Unit.Segment) request.unit(),
                request.cursor(),
                RemainingTime.of(context)));
  }
}
