package dev.vams.migration.workflow;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.vams.migration.core.plan.Unit;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The task CopyPrefix: copies the objects of a key range for as long as one worker may run. */
public final class CopyPrefixHandler implements RequestStreamHandler {
  private final CopyTask<Unit.KeyRange> task;

  /** Used by Lambda. */
  public CopyPrefixHandler() {
    this(WorkflowWiring.ofLambda(System.getenv()));
  }

  /** Used by everything else. */
  public CopyPrefixHandler(WorkflowWiring wiring) {
    task = new CopyTask<>(wiring, Unit.KeyRange.class, wiring::keyRangeCopier);
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    task.handle(input, output, context);
  }
}
