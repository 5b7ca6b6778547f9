package dev.vams.migration.workflow;

/** The input of the tasks Reconcile and Conclude: the run's name. */
record RunRequest(String run) implements TaskRequest {}
