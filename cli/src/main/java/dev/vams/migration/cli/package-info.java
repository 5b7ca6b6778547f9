/**
 * The command line: one class for each verb, and what they share. Results go to stdout, everything
 * else to stderr.
 */
package dev.vams.migration.cli;
