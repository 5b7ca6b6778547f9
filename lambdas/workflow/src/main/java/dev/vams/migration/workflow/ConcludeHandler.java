package dev.vams.migration.workflow;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.vams.migration.core.journal.Journal;
import dev.vams.migration.core.report.Report;
import dev.vams.migration.core.report.ReportText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The task Conclude: writes the report and gives the verdict. */
public final class ConcludeHandler implements RequestStreamHandler {
  private final WorkflowWiring wiring;

  /** Used by Lambda. */
  public ConcludeHandler() {
    this(WorkflowWiring.ofLambda(System.getenv()));
  }

  /** Used by everything else. */
  public ConcludeHandler(WorkflowWiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    wiring.exchange(input, output, context).answer(RunRequest.class, this::conclude);
  }

  private ConcludeResponse conclude(RunRequest request) {
    Journal journal = wiring.journal(request.run());
    Report report = wiring.concluder().conclude(journal, wiring.plan(journal));
    String location = new ReportFiles(wiring).write(journal, report);
    return new ConcludeResponse(
        request.run(),
        report.verdict(),
        new ReportText(report).verdictLine() + ". Report: " + location,
        location);
  }
}
