/**
 * Whole migrations on the embedded servers: in this JVM through the local engine, and in a process
 * of their own through the command line.
 */
package dev.vams.migration.checks.scenario;
