package dev.vams.migration.workflow;

import com.amazonaws.services.lambda.runtime.Context;
import dev.vams.migration.core.json.JacksonCodec;
import dev.vams.migration.core.store.StoreError;
import dev.vams.migration.core.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Function;

/**
 * One invocation: strict JSON in, strict JSON out. Lambda's own mapping would turn a misspelt field
 * or an unknown enum value into null.
 *
 * @param listener hears of the task
 * @param context what Lambda tells of the invocation
 */
record Exchange(WorkListener listener, InputStream input, OutputStream output, Context context) {
  private static final JacksonCodec CODEC = new JacksonCodec();

  /** Reads the request, does the task, and writes its response. */
  <I extends TaskRequest, O extends TaskResponse> void answer(Class<I> type, Function<I, O> task)
      throws IOException {
    I request = CODEC.decode(input.readAllBytes(), type);
    output.write(CODEC.encode(listener.during(request, context, () -> response(request, task))));
  }

  private static <I, O> O response(I request, Function<I, O> task) {
    try {
      return task.apply(request);
    } catch (StoreException e) {
      throw e.error().scope() == StoreError.Scope.TRANSIENT
          ? new TransientException(e.getMessage(), e)
          : new UnitFailedException(e.getMessage(), e);
    }
  }
}
