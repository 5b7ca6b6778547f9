package dev.vams.migration.cli;

/** How the result is written to stdout. */
enum OutputFormat {
  /** For people. */
  TEXT,
  /** For programs: exactly one JSON document, whatever happens. */
  JSON
}
