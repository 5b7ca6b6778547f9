/**
 * The tasks of the state machine: one handler for each, and the wiring that gives them their
 * clients. A handler parses, calls one use case of the core, and renders; the names of the
 * exceptions here are the error names of the definition.
 */
package dev.vams.migration.workflow;
