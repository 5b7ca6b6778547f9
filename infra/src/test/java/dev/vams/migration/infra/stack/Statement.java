package dev.vams.migration.infra.stack;

import java.util.List;

/**
 * One statement of an IAM policy, in a form that a test can spell out.
 *
 * @param sid empty for the statements that CDK adds by itself
 * @param actions sorted, as CDK writes them
 * @param resources ARNs, in which {@code ${Functions/Plan/Live}} stands for what CloudFormation
 *     fills in
 */
record Statement(String sid, List<String> actions, List<String> resources) {}
