package dev.vams.migration.local.asl;

import java.util.Map;
import java.util.Optional;

/**
 * One way out of a state.
 *
 * @param assign the variables to set, by name
 * @param output what the next state gets, if not the default of the place
 * @param next the next state; empty ends the run
 */
record Exit(Map<String, Template> assign, Optional<Template> output, Optional<String> next) {}
