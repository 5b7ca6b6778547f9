package dev.vams.migration.workflow;

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
 */
final class Exchange {
  private static final JacksonCodec CODEC = new JacksonCodec();

  private Exchange() {}

  static <I, O> void exchange(
      InputStream input, OutputStream output, Class<I> type, Function<I, O> task)
      throws IOException {
    I request = CODEC.decode(input.readAllBytes(), type);
    output.write(CODEC.encode(answer(request, task)));
  }

  private static <I, O> O answer(I request, Function<I, O> task) {
    try {
      return task.apply(request);
    } catch (StoreException e) {
      throw e.error().scope() == StoreError.Scope.TRANSIENT
          ? new TransientException(e.getMessage(), e)
          : new UnitFailedException(e.getMessage(), e);
    }
  }
}
