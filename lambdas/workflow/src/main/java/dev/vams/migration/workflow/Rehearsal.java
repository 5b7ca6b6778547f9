package dev.vams.migration.workflow;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.vams.migration.core.json.JacksonCodec;
import dev.vams.migration.core.json.ValidSchema;
import dev.vams.migration.core.plan.MigrationPlan;
import dev.vams.migration.core.plan.MigrationSchema;
import dev.vams.migration.core.plan.Unit;
import dev.vams.migration.core.store.WorkStoreException;
import dev.vams.migration.core.transfer.TransferLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies and compares one object and one item before Lambda takes its snapshot of a function, so
 * that what workers do is loaded and partly compiled in every environment that is restored from it
 * (<a
 * href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-best-practices.html#snapstart-tuning">SnapStart
 * performance tuning</a>). All goes to a server on this machine, but for one read of the work
 * bucket, which loads what encrypted connections need.
 *
 * <p>Nothing of it stays: its clients and their connections are closed before the snapshot, what it
 * would log or measure goes nowhere, and it leaves no file. Where it fails, functions only start
 * slower.
 */
final class Rehearsal implements Resource {
  private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
  static final String SOURCE = "rehearsal-from";
  private static final String RUN = "rehearsal";
  private static final String REGION = "us-east-1";
  private static final String SCHEMA =
      """
      {"regionFrom": "us-east-1", "regionTo": "us-east-1",
       "VAMS_S3Bucket_Mapping": [
         {"bucketDescriptor": "objects", "buckets": {"from": "rehearsal-from", "to": "rehearsal-to"}}],
       "VAMS_DynamoDBTable_Mapping": [
         {"tableDescriptor": "items", "tables": {"from": "rehearsal-from", "to": "rehearsal-to"},
          "attributes": [{"from": "number", "to": "count"}]}]}
      """;

  /** Lambda's context forgets resources that nobody else remembers. */
  private static final Rehearsal REMEMBERED = new Rehearsal();

  static {
    Core.getGlobalContext().register(REMEMBERED);
  }

  private Rehearsal() {}

  /** Has the rehearsal done before a snapshot; without SnapStart it is never done. */
  static void beforeSnapshot() {
    // Done by loading this class.
  }

  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) {
    PrintStream functionLog = System.out;
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    Optional<Exception> failure = Optional.empty();
    try {
      rehearse();
      readWorkBucket();
    } catch (IOException | RuntimeException e) {
      failure = Optional.of(e);
    } finally {
      System.setOut(functionLog);
    }
    failure.ifPresent(e -> LOG.warn("the rehearsal failed; functions start slower without it", e));
  }

  @Override
  public void afterRestore(Context<? extends Resource> context) {
    // Clients connect, and ask for credentials, with their first call.
  }

  private static void readWorkBucket() {
    try (WorkflowWiring wiring = WorkflowWiring.ofLambda(System.getenv())) {
      wiring.journal(RUN).plan();
    } catch (WorkStoreException e) {
      // An answer, too: not every function may read this file, which is not there.
    }
  }

  /**
   * Does the workers' part of a small migration.
   *
   * @throws RuntimeException when a worker fails
   */
  static void rehearse() throws IOException {
    JacksonCodec codec = new JacksonCodec();
    InstantSource clock = InstantSource.system();
    try (RehearsalServer server = RehearsalServer.start(codec.encode(plan()));
        WorkflowWiring wiring =
            new WorkflowWiring(
                new AwsAccess.Emulated(server.endpoint(), server.endpoint()),
                own -> own.workBucket("rehearsal-work", REGION),
                TransferLimits.DEFAULT,
                LambdaListener.create(clock),
                clock,
                new SecureRandom())) {
      Unit range = new Unit.KeyRange("r", "objects", "", "", "");
      Unit segment = new Unit.Segment("s", "items", 0, 1);
      invoke(codec, new CopyPrefixHandler(wiring), new CopyRequest(RUN, range, Optional.empty()));
      invoke(
          codec, new CopySegmentHandler(wiring), new CopyRequest(RUN, segment, Optional.empty()));
      invoke(
          codec, new VerifyUnitHandler(wiring), new CompareRequest(RUN, range, Optional.empty()));
    }
  }

  private static void invoke(JacksonCodec codec, RequestStreamHandler handler, UnitRequest request)
      throws IOException {
    handler.handleRequest(
        new ByteArrayInputStream(codec.encode(request)), OutputStream.nullOutputStream(), null);
  }

  private static MigrationPlan plan() {
    MigrationSchema schema = ((ValidSchema) WorkflowWiring.schemaReader().read(SCHEMA)).schema();
    return new MigrationPlan(
        RUN,
        "2026-01-01T00:00:00Z",
        schema,
        List.of("copy"),
        Map.of(),
        Map.of("items", new MigrationPlan.TablePlan(List.of("id"), 1)),
        0,
        List.of());
  }
}
