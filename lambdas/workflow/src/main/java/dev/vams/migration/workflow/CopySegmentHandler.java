package dev.vams.migration.workflow;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.vams.migration.core.plan.Unit;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The task CopySegment: copies the items of a segment for as long as one worker may run. */
public final class CopySegmentHandler implements RequestStreamHandler {
  private final CopyTask<Unit.Segment> task;

  /** Used by Lambda. */
  public CopySegmentHandler() {
    this(WorkflowWiring.ofLambda(System.getenv()));
  }

  /** Used by everything else. */
  public CopySegmentHandler(WorkflowWiring wiring) {
    task = new CopyTask<>(wiring, Unit.Segment.class, wiring::segmentCopier);
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    task.handle(input, output, context);
  }
}
