package dev.vams.migration.workflow;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The input of the task Plan.
 *
 * @param run the execution's name
 * @param schema the execution's input: the schema, or where it is
 */
record PlanRequest(String run, JsonNode schema) implements TaskRequest {}
