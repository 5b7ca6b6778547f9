package dev.vams.migration.workflow;

/** What a task answers. */
public interface TaskResponse {

  /** What came of it, for the log: a word, or a line for people. */
  String result();
}
