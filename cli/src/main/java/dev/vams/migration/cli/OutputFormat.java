package dev.vams.migration.cli;

import dev.vams.migration.core.plan.Problem;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Consumer;

/** How the result is written to stdout. */
enum OutputFormat {
  /** For people. */
  TEXT,
  /** For programs: exactly one JSON document, also when the schema is not valid. */
  JSON;

  /** What is written to stdout when a schema is not valid; people read it on stderr. */
  Consumer<List<Problem>> onProblems(PrintWriter out) {
    return this == TEXT
        ? problems -> {}
        : problems -> MigrationRun.print(RunSummary.ofInvalidSchema(problems), out);
  }
}
