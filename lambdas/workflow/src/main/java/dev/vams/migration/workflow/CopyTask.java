package dev.vams.migration.workflow;

import com.amazonaws.services.lambda.runtime.Context;
import dev.vams.migration.core.plan.Unit;
import dev.vams.migration.core.transfer.UnitCopier;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Function;

/**
 * What the tasks that copy have in common.
 *
 * @param unitType the kind of unit that the task copies
 * @param copier gives the copier between both stacks
 */
record CopyTask<U extends Unit>(
    WorkflowWiring wiring, Class<U> unitType, Function<Stacks, ? extends UnitCopier<U>> copier) {

  /** Answers one invocation: copies for as long as one worker may run. */
  void handle(InputStream input, OutputStream output, Context context) throws IOException {
    wiring
        .exchange(input, output, context)
        .answer(CopyRequest.class, request -> copy(request, context));
  }

  private CopyResponse copy(CopyRequest request, Context context) {
    return CopyResponse.of(
        new UnitTask(wiring)
            .during(
                request,
                (journal, plan, stacks) ->
                    copier
                        .apply(stacks)
                        .copy(
                            journal,
                            plan,
                            unitType.cast(request.unit()),
                            request.cursor(),
                            RemainingTime.of(context))));
  }
}
