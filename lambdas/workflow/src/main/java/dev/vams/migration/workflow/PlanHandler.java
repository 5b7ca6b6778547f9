package dev.vams.migration.workflow;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.vams.migration.core.inventory.PlanOutcome;
import dev.vams.migration.core.journal.Journal;
import dev.vams.migration.core.json.InvalidSchema;
import dev.vams.migration.core.json.ParsedSchema;
import dev.vams.migration.core.json.ValidSchema;
import dev.vams.migration.core.limit.Deadline;
import dev.vams.migration.core.plan.MigrationSchema;
import dev.vams.migration.core.plan.Problem;
import dev.vams.migration.core.report.Report;
import dev.vams.migration.core.verify.Reconciler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The task Plan: validates the schema, checks both stacks and cuts every pair into units. */
public final class PlanHandler implements RequestStreamHandler {
  private final WorkflowWiring wiring;
  private final Optional<TaskEnvironment> environment;

  /** Used by Lambda. */
  public PlanHandler() {
    this(
        WorkflowWiring.ofLambda(System.getenv()), Optional.of(TaskEnvironment.of(System.getenv())));
  }

  /** Used by everything else. */
  public PlanHandler(WorkflowWiring wiring) {
    this(wiring, Optional.empty());
  }

  PlanHandler(WorkflowWiring wiring, Optional<TaskEnvironment> environment) {
    this.wiring = wiring;
    this.environment = environment;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    wiring
        .exchange(input, output, context)
        .answer(PlanRequest.class, request -> plan(request, context));
  }

  /**
   * The part of the cause that Step Functions takes: 32,768 characters
   * (https://docs.aws.amazon.com/step-functions/latest/apireference/API_FailTask.html).
   */
  private static final int LONGEST_SUMMARY = 30_000;

  private PlanResponse plan(PlanRequest request, Context context) {
    Deadline search = RemainingTime.leaving(context, 0.5);
    Deadline cut = RemainingTime.leaving(context, 0.25);
    Journal journal = wiring.journal(request.run());
    if (!MigrationSchema.RUN_NAME.matcher(request.run()).matches()) {
      return refuse(journal, Optional.empty(), List.of(unusableName(request.run())));
    }
    ParsedSchema parsed = new SchemaInput(wiring, environment).read(request.schema());
    if (parsed instanceof InvalidSchema invalid) {
      return refuse(journal, Optional.empty(), invalid.problems());
    }
    MigrationSchema schema = ((ValidSchema) parsed).schema();
    List<Problem> notGranted =
        environment.map(own -> own.grants(wiring.codec()).missing(schema)).orElse(List.of());
    if (!notGranted.isEmpty()) {
      return refuse(journal, Optional.of(schema), notGranted);
    }
    PlanOutcome outcome = wiring.planner(schema).plan(journal, schema, search, cut);
    if (outcome instanceof PlanOutcome.Refused refused) {
      return refuse(journal, Optional.of(schema), refused.problems());
    }
    PlanOutcome.Ready ready = (PlanOutcome.Ready) outcome;
    List<PlanResponse.Phase> phases = new ArrayList<>();
    for (int i = 0; i < ready.plan().phases().size(); i++) {
      String phase = ready.plan().phases().get(i);
      phases.add(
          new PlanResponse.Phase(
              phase, journal.files().units(phase), ready.unitsPerPhase().get(i)));
    }
    return new PlanResponse(
        request.run(),
        PlanResponse.Outcome.READY,
        "",
        schema.options().mode().name(),
        phases,
        journal.files().units(Reconciler.VERIFY_PHASE),
        schema.options().maxConcurrency());
  }

  private static Problem unusableName(String run) {
    return new Problem(
        Problem.Kind.INPUT,
        "the execution's name",
        "'%s' has characters that no other run could name in retryOf".formatted(run),
        "Start the execution with a name of at most 80 letters, digits, hyphens and underscores.");
  }

  private PlanResponse refuse(
      Journal journal, Optional<MigrationSchema> schema, List<Problem> problems) {
    Report report = wiring.concluder().refuse(journal.files().run(), schema, problems);
    String location = new ReportFiles(wiring).write(journal, report);
    String lines = problems.stream().map(Problem::line).collect(Collectors.joining("\n"));
    String shortened =
        lines.length() <= LONGEST_SUMMARY ? lines : lines.substring(0, LONGEST_SUMMARY) + " ...";
    return new PlanResponse(
        journal.files().run(),
        PlanResponse.Outcome.REFUSED,
        shortened + "\nReport: " + location,
        report.mode().name(),
        List.of(),
        "",
        1);
  }
}
