package dev.vams.migration.cli;

/** A verb whose result people or programs read. */
interface HasOutputFormat {

  /** What the user asked for. */
  OutputFormat format();
}
