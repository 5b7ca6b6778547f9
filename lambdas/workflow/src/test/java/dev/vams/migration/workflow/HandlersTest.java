package dev.vams.migration.workflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.vams.migration.core.digest.DigestSum;
import dev.vams.migration.core.journal.ComparedMarker;
import dev.vams.migration.core.journal.Comparison;
import dev.vams.migration.core.journal.Journal;
import dev.vams.migration.core.plan.BucketPair;
import dev.vams.migration.core.plan.MigrationPlan;
import dev.vams.migration.core.plan.MigrationPlan.BucketPlan;
import dev.vams.migration.core.plan.MigrationSchema;
import dev.vams.migration.core.plan.Options;
import dev.vams.migration.core.plan.Unit;
import dev.vams.migration.core.store.InMemoryWorkStore;
import dev.vams.migration.core.store.StoreError;
import dev.vams.migration.core.store.StoreException;
import dev.vams.migration.core.transfer.TransferLimits;
import dev.vams.migration.core.verify.Reconciler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The handlers over a work store in memory; none of these tests reaches a server. */
class HandlersTest {
  private static final String RANGE_REQUEST =
      "{\"run\":\"run-1\",\"unit\":{\"kind\":\"KEY_RANGE\",\"id\":\"u\",\"descriptor\":\"assets\","
          + "\"prefix\":\"\",\"after\":\"\",\"through\":\"\"},\"cursor\":null}";
  private static final String NO_SERVER = "http://127.0.0.1:1";

  private final InMemoryWorkStore store = new InMemoryWorkStore();
  private final WorkflowWiring wiring =
      new WorkflowWiring(
          new AwsAccess.Emulated(URI.create(NO_SERVER), URI.create(NO_SERVER)),
          own -> store,
          TransferLimits.DEFAULT,
          WorkListener.DEAF,
          InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z")),
          new Random(1));

  @AfterEach
  void close() {
    wiring.close();
  }

  static Stream<String> misspelt() {
    String range =
        "{\"kind\":\"KEY_RANGE\",\"id\":\"u\",\"descriptor\":\"a\",\"prefix\":\"\",\"after\":\"\",\"through\":\"\"}";
    return Stream.of(
        "",
        "null",
        "[]",
        "{\"run\":\"run-1\"}",
        "{\"run\":\"run-1\",\"unit\":" + range + "}",
        "{\"run\":\"run-1\",\"unit\":" + range + ",\"curser\":null}",
        "{\"run\":\"run-1\",\"unit\":" + range + ",\"cursor\":null,\"more\":1}",
        "{\"run\":\"run-1\",\"unit\":" + range + ",\"cursor\":{}}",
        "{\"run\":\"run-1\",\"unit\":"
            + range.replace("KEY_RANGE", "KEY_RNGE")
            + ",\"cursor\":null}");
  }

  @ParameterizedTest
  @MethodSource("misspelt")
  void aRequestThatIsNotToTheLetterIsRefused(String request) {
    for (RequestStreamHandler handler :
        List.of(
            new CopyPrefixHandler(wiring),
            new CopySegmentHandler(wiring),
            new VerifyUnitHandler(wiring))) {
      assertThatIllegalArgumentException()
          .as(handler.getClass().getSimpleName())
          .isThrownBy(() -> handle(handler, request));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"run\":\"run-1\",\"more\":1}", "{\"rnu\":\"run-1\"}"})
  void aRequestForARunIsReadStrictlyToo(String request) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> handle(new ReconcileHandler(wiring), request));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> handle(new ConcludeHandler(wiring), request));
  }

  @Test
  void aRunWithoutAPlanIsNamed() {
    assertThatExceptionOfType(UnknownRunException.class)
        .isThrownBy(() -> handle(new ConcludeHandler(wiring), "{\"run\":\"run-1\"}"))
        .withMessageContaining("run-1")
        .withMessageContaining("runs/run-1/plan.json");
  }

  @Test
  void aSchemaWithMistakesIsRefusedWithAllOfThemAndAReport() throws IOException {
    String response =
        handle(
            new PlanHandler(wiring),
            "{\"run\":\"run-1\",\"schema\":{\"regionFrom\":\"mars-1\",\"regionTo\":7}}");

    assertThat(response)
        .startsWith("{\"run\":\"run-1\",\"outcome\":\"REFUSED\",\"summary\":\"")
        .contains("$.regionFrom")
        .contains("$.regionTo")
        .contains("Report: memory:runs/run-1/report.json")
        .endsWith("\"phases\":[],\"verifyUnitsKey\":\"\",\"maxConcurrency\":1}");
    assertThat(store.text("runs/run-1/report.txt")).contains("REFUSED");
    assertThat(store.text("runs/run-1/report.json")).contains("\"verdict\" : \"REFUSED\"");
  }

  @Test
  void reconcilesAndConcludes() throws IOException {
    Journal journal = planned();
    DigestSum content = new DigestSum(3, "1".repeat(64));
    journal.markCompared(
        new ComparedMarker("u", "assets", new Comparison(content, content, 0, 0, 0, 0)));

    assertThat(handle(new ReconcileHandler(wiring), "{\"run\":\"run-1\"}"))
        .isEqualTo("{\"units\":0,\"unitsKey\":\"runs/run-1/units-locate.jsonl\"}");
    assertThat(handle(new ConcludeHandler(wiring), "{\"run\":\"run-1\"}"))
        .isEqualTo(
            "{\"run\":\"run-1\",\"verdict\":\"FAILED\",\"summary\":\"FAILED: 0 objects (0 B) and 0"
                + " items copied, 0 skipped, 0 mismatches, 0 failed, 1 unit unfinished. Report:"
                + " memory:runs/run-1/report.json\",\"report\":\"memory:runs/run-1/report.json\"}");
  }

  @Test
  void whatEveryUnitWouldMeetStopsTheRun() {
    planned();
    meet(StoreError.Scope.RUN);

    for (RequestStreamHandler next :
        List.of(new CopyPrefixHandler(wiring), new VerifyUnitHandler(wiring))) {
      assertThatExceptionOfType(UnitFailedException.class)
          .isThrownBy(() -> handle(next, RANGE_REQUEST))
          .withMessage("the run was stopped by assets: listing bucket b: X: y");
    }
  }

  @ParameterizedTest
  @EnumSource(value = StoreError.Scope.class, mode = Mode.EXCLUDE, names = "RUN")
  void whatOneUnitMeetsStopsNoOther(StoreError.Scope scope) {
    planned();
    meet(scope);

    assertThat(wiring.journal("run-1").stop()).isEmpty();
  }

  private void meet(StoreError.Scope scope) {
    CopyRequest request = wiring.codec().decode(RANGE_REQUEST.getBytes(UTF_8), CopyRequest.class);
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(
            () ->
                new UnitTask(wiring)
                    .during(
                        request,
                        (journal, plan, stacks) -> {
                          throw new StoreException(
                              "listing bucket b", new StoreError("X", "y", scope));
                        }));
  }

  @Test
  void anErrorThatThrottlesHasANameOfItsOwn() {
    assertThatExceptionOfType(TransientException.class)
        .isThrownBy(() -> exchange(StoreError.Scope.TRANSIENT))
        .withMessage("listing bucket b: X: y");
    assertThatExceptionOfType(UnitFailedException.class)
        .isThrownBy(() -> exchange(StoreError.Scope.UNIT));
    assertThatExceptionOfType(UnitFailedException.class)
        .isThrownBy(() -> exchange(StoreError.Scope.ENTRY));
  }

  private Journal planned() {
    Journal journal = wiring.journal("run-1");
    MigrationSchema schema =
        new MigrationSchema(
            "us-east-1",
            "us-east-1",
            List.of(new BucketPair("assets", "blue-assets", "green-assets")),
            List.of(),
            Options.defaults(),
            "");
    journal.savePlan(
        new MigrationPlan(
            "run-1",
            "2026-01-01T00:00:00Z",
            schema,
            List.of("copy"),
            Map.of("assets", BucketPlan.NONE),
            Map.of(),
            0,
            List.of()));
    Unit unit = new Unit.KeyRange("u", "assets", "", "", "");
    journal.saveUnits(Reconciler.VERIFY_PHASE, List.of(unit));
    return journal;
  }

  private static void exchange(StoreError.Scope scope) throws IOException {
    new Exchange(
            WorkListener.DEAF,
            new ByteArrayInputStream("{\"run\":\"r\"}".getBytes(UTF_8)),
            new ByteArrayOutputStream(),
            null)
        .answer(
            RunRequest.class,
            request -> {
              throw new StoreException("listing bucket b", new StoreError("X", "y", scope));
            });
  }

  private static String handle(RequestStreamHandler handler, String request) throws IOException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    handler.handleRequest(
        new ByteArrayInputStream(request.getBytes(UTF_8)), output, new OneMinuteContext());
    return output.toString(UTF_8);
  }
}
