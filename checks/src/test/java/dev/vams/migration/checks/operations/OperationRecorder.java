package dev.vams.migration.checks.operations;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
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

/**
 * Writes down each {@link Call} of the workers, once for each process. The SDK finds this class on
 * the classpath of the tests and of the processes they start, makes one for each client, and shows
 * it every call. Workers are told by their handlers, and by the name their clients give themselves.
 *
 * <p>The caller is on the stack, or left its name where the answer to its earlier call came in: a
 * call that waits for another is made by that thread. Threads that a caller starts call for it.
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
  private static final ExecutionAttribute<Boolean> IN_HANDLER =
      new ExecutionAttribute<>("in handler");

  private static final ThreadLocal<String> CALLER_BEFORE =
      new InheritableThreadLocal<>() {
        @Override
        protected String initialValue() {
          return UNKNOWN;
        }
      };
  private static final Set<Call> WRITTEN = ConcurrentHashMap.newKeySet();
  private static final Path FILE = newFile();

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
    Optional<String> onStack =
        StackWalker.getInstance()
            .walk(
                frames ->
                    frames.map(OperationRecorder::caller).flatMap(Optional::stream).findFirst());
    onStack.ifPresent(CALLER_BEFORE::set);
    attributes.putAttribute(CALLER, onStack.orElseGet(CALLER_BEFORE::get));
    attributes.putAttribute(
        IN_HANDLER, onStack.filter(caller -> !caller.equals(OTHER)).isPresent());
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
    boolean hasWorkersName =
        context
            .httpRequest()
            .firstMatchingHeader("User-Agent")
            .filter(agent -> agent.contains(WORKERS_NAME))
            .isPresent();
    if (hasWorkersName || attributes.getAttribute(IN_HANDLER)) {
      String operation =
          attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME)
              + "."
              + attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
      calls(attributes.getAttribute(CALLER), operation, context.request())
          .forEach(OperationRecorder::write);
    }
  }

  /** What a request has besides its operation that IAM asks another permission for, or for more. */
  private static Stream<Call> calls(String caller, String operation, SdkRequest request) {
    String what =
        operation
            + (has(request, "Tagging") ? " with tags" : "")
            + (has(request, "ObjectLockMode") ? " with retention" : "")
            + (has(request, "ObjectLockLegalHoldStatus") ? " with a legal hold" : "")
            + (has(request, "VersionId") ? " of a version" : "")
            + (has(request, "IfMatch") ? " on a condition" : "")
            + (has(request, "IndexName") ? " of an index" : "");
    // The SDK has put a copy's bucket, key and version together meanwhile.
    Optional<String> from = request.getValueForField("CopySource", String.class);
    if (from.isPresent()) {
      String version = from.get().contains("?versionId=") ? " of a version" : "";
      return Stream.of(
          new Call(caller, operation + " from" + version, from.get().replaceFirst("/.*", "")),
          new Call(
              caller,
              what.replace(operation, operation + " to"),
              field(request, "DestinationBucket", "Bucket")));
    }
    return request
        .getValueForField("RequestItems", Map.class)
        .map(items -> ((Map<?, ?>) items).keySet().stream().map(String::valueOf))
        .orElseGet(() -> Stream.of(field(request, "Bucket", "TableName")))
        .map(resource -> new Call(caller, what, resource));
  }

  private static boolean has(SdkRequest request, String field) {
    return request.getValueForField(field, Object.class).isPresent();
  }

  /** The first of these fields that the request has; empty when it has none. */
  private static String field(SdkRequest request, String... fields) {
    return Stream.of(fields)
        .map(field -> request.getValueForField(field, String.class))
        .flatMap(Optional::stream)
        .findFirst()
        .orElse("");
  }

  /** At once: the process may be killed at any moment. */
  private static void write(Call call) {
    if (WRITTEN.add(call)) {
      try {
        Files.writeString(FILE, call.line() + "\n", UTF_8, StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
    CALLER_BEFORE.set(attributes.getAttribute(CALLER));
  }

  @Override
  public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
    CALLER_BEFORE.set(attributes.getAttribute(CALLER));
  }
}
