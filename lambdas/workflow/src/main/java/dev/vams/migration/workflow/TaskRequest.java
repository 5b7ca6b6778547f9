package dev.vams.migration.workflow;

/** What a task is asked to do. */
public interface TaskRequest {

  /** The run's name. */
  String run();
}
