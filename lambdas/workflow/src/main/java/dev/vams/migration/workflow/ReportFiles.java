package dev.vams.migration.workflow;

import dev.vams.migration.core.journal.Journal;
import dev.vams.migration.core.report.Report;
import dev.vams.migration.core.report.ReportText;
import dev.vams.migration.core.store.WorkStore;
import java.nio.charset.StandardCharsets;

/** Writes the report for programs and the one for people. */
final class ReportFiles {
  private final WorkflowWiring wiring;

  ReportFiles(WorkflowWiring wiring) {
    this.wiring = wiring;
  }

  /** Writes both and says where the one for programs is. */
  String write(Journal journal, Report report) {
    WorkStore store = wiring.workStore();
    store.put(
        journal.files().reportText(),
        new ReportText(report).render().getBytes(StandardCharsets.UTF_8));
    store.put(journal.files().reportJson(), wiring.codec().encodeForPeople(report));
    return store.location(journal.files().reportJson());
  }
}
