package dev.vams.migration.core.journal;

/**
 * What Distributed Map's result files say of a child workflow that failed (<a
 * href="https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html">ResultWriter</a>).
 *
 * @param input the child's input, JSON as text
 * @param error the name of the error
 * @param cause what the error says
 */
public record ChildExecution(String input, String error, String cause) {}
