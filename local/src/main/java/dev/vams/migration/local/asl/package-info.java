/**
 * Runs Amazon States Language definitions on this machine: a stated subset of what AWS Step
 * Functions runs, with JSONata.
 *
 * <p>{@link dev.vams.migration.local.asl.StateMachine} loads a definition and refuses whatever is
 * outside the subset; {@link dev.vams.migration.local.asl.Interpreter} runs it. What tasks do,
 * where objects live and what time it is comes in through {@link
 * dev.vams.migration.local.asl.Ports}. The package knows nothing about what a definition is for.
 */
package dev.vams.migration.local.asl;
