package dev.vams.migration.checks.operations;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;

/**
 * Writes down each {@link Call} of the workers' clients, once for each process. The SDK finds this
 * class on the classpath of the tests and of the processes they start, and shows it every call of
 * every client. The workers' clients are told by the name they give themselves.
 *
 * <p>The caller is on the stack, or left its name where the answer to its earlier call came in: a
 * call that waits for another is made by that thread.
 */
public final class OperationRecorder implements ExecutionInterceptor {

  /**
   * Whoever has permissions of their own: the state machine, which reads the items of its maps and
   * writes their results; the command line; a test.
   */
  static final String OTHER = "other";

  static final String UNKNOWN = "unknown";

  private static final String ROOT = "dev.vams.migration.";
  private static final Pattern HANDLER =
      Pattern.compile(Pattern.quote(ROOT) + "workflow\\.(\\w+)Handler");
  private static final List<String> OTHERS =
      List.of(ROOT + "local.engine.WorkStoreObjects", ROOT + "cli.", ROOT + "checks.scenario.");

  private static final String WORKERS_NAME = "app/vams-migration";

  private static final ExecutionAttribute<String> CALLER = new ExecutionAttribute<>("caller");

  private final ThreadLocal<String> callerBefore = ThreadLocal.withInitial(() -> UNKNOWN);
  private final Set<Call> written = ConcurrentHashMap.newKeySet();
  private final Path file = newFile();

  /** Each process has a file of its own, so that none waits for another. */
  private static Path newFile() {
    try {
      Path folder = Files.createDirectories(folder());
      return Files.createTempFile(folder, "calls-", ".txt");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Beside the compiled tests, wherever the process was started. */
  static Path folder() {
    URI classes =
        URI.create(
            OperationRecorder.class.getProtectionDomain().getCodeSource().getLocation().toString());
    return Path.of(classes).resolveSibling("operations");
  }

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    attributes.putAttribute(
        CALLER,
        StackWalker.getInstance()
            .walk(
                frames ->
                    frames.map(OperationRecorder::caller).flatMap(Optional::stream).findFirst())
            .orElseGet(callerBefore::get));
  }

  private static Optional<String> caller(StackWalker.StackFrame frame) {
    String type = frame.getClassName();
    Matcher handler = HANDLER.matcher(type);
    if (handler.lookingAt()) {
      return Optional.of(handler.group(1));
    }
    return OTHERS.stream().anyMatch(type::startsWith) ? Optional.of(OTHER) : Optional.empty();
  }

  @Override
  public void beforeTransmission(
      Context.BeforeTransmission context, ExecutionAttributes attributes) {
    boolean isWorkers =
        context
            .httpRequest()
            .firstMatchingHeader("User-Agent")
            .filter(agent -> agent.contains(WORKERS_NAME))
            .isPresent();
    if (isWorkers) {
      String operation =
          attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME)
              + "."
              + attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
      calls(context.request(), attributes.getAttribute(CALLER), operation).forEach(this::write);
    }
  }

  private static Stream<Call> calls(SdkRequest request, String caller, String operation) {
    if (request instanceof CopyObjectRequest copy) {
      // The SDK has put bucket and key together meanwhile.
      String from = copy.getValueForField("CopySource", String.class).orElseThrow();
      return Stream.of(
          new Call(caller, operation + " from", from.replaceFirst("/.*", "")),
          new Call(caller, operation + " to", copy.destinationBucket()));
    }
    if (request instanceof CreateMultipartUploadRequest upload && upload.tagging() != null) {
      return Stream.of(new Call(caller, operation + " with tags", upload.bucket()));
    }
    if (request instanceof BatchGetItemRequest batch) {
      return calls(batch.requestItems().keySet(), caller, operation);
    }
    if (request instanceof BatchWriteItemRequest batch) {
      return calls(batch.requestItems().keySet(), caller, operation);
    }
    return calls(
        Stream.of("Bucket", "TableName")
            .map(field -> request.getValueForField(field, String.class))
            .flatMap(Optional::stream)
            .toList(),
        caller,
        operation);
  }

  private static Stream<Call> calls(Collection<String> resources, String caller, String operation) {
    return resources.stream().map(resource -> new Call(caller, operation, resource));
  }

  /** At once: the process may be killed at any moment. */
  private void write(Call call) {
    if (written.add(call)) {
      try {
        Files.writeString(file, call.line() + "\n", UTF_8, StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
    callerBefore.set(attributes.getAttribute(CALLER));
  }

  @Override
  public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
    callerBefore.set(attributes.getAttribute(CALLER));
  }
}
