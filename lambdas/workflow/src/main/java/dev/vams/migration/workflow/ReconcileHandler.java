package dev.vams.migration.workflow;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.vams.migration.core.journal.Journal;
import dev.vams.migration.core.verify.Reconciler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The task Reconcile: adds up the segments of each table and plans the comparison of those that
 * differ.
 */
public final class ReconcileHandler implements RequestStreamHandler {
  private final WorkflowWiring wiring;

  /** Used by Lambda. */
  public ReconcileHandler() {
    this(WorkflowWiring.ofLambda(System.getenv()));
  }

  /** Used by everything else. */
  public ReconcileHandler(WorkflowWiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    wiring.exchange(input, output, context).answer(RunRequest.class, this::reconcile);
  }

  private ReconcileResponse reconcile(RunRequest request) {
    Journal journal = wiring.journal(request.run());
    return new ReconcileResponse(
        new Reconciler(journal).reconcile(), journal.files().units(Reconciler.LOCATE_PHASE));
  }
}
