package dev.vams.migration.workflow;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.vams.migration.core.journal.Journal;
import dev.vams.migration.core.limit.Deadline;
import dev.vams.migration.core.plan.MigrationPlan;
import dev.vams.migration.core.plan.Unit;
import dev.vams.migration.core.verify.CompareStep;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The task VerifyUnit: compares both sides of a unit for as long as one worker may run. */
public final class VerifyUnitHandler implements RequestStreamHandler {
  private final WorkflowWiring wiring;

  /** Used by Lambda. */
  public VerifyUnitHandler() {
    this(WorkflowWiring.ofLambda(System.getenv()));
  }

  /** Used by everything else. */
  public VerifyUnitHandler(WorkflowWiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    wiring
        .exchange(input, output, context)
        .answer(CompareRequest.class, request -> compare(request, RemainingTime.of(context)));
  }

  private CompareResponse compare(CompareRequest request, Deadline deadline) {
    return CompareResponse.of(
        new UnitTask(wiring)
            .during(
                request,
                (journal, plan, stacks) -> compare(journal, plan, stacks, request, deadline)));
  }

  private CompareStep compare(
      Journal journal,
      MigrationPlan plan,
      Stacks stacks,
      CompareRequest request,
      Deadline deadline) {
    if (request.unit() instanceof Unit.KeyRange range) {
      return wiring
          .keyRangeComparer(stacks)
          .compare(journal, plan, range, request.cursor(), deadline);
    }
    if (request.unit() instanceof Unit.Segment segment) {
      return wiring
          .segmentComparer(stacks)
          .compare(journal, plan, segment, request.cursor(), deadline);
    }
    return wiring
        .itemComparer(stacks)
        .compare(journal, plan, (Unit.ItemComparison) request.unit(), request.cursor(), deadline);
  }
}
