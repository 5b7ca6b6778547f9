package dev.vams.migration.local.asl;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A state was left.
 *
 * @param next the next state; empty if the run ends
 * @param output the input of the next state, or the output of the run
 */
record Transition(Optional<String> next, JsonNode output) {}
