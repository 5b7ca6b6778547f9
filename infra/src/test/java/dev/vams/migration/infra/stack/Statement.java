package dev.vams.migration.infra.stack;

import java.util.List;

/**
 * One statement of an IAM policy, in a form that a test can spell out.
 *
 * @param sid empty for the statements that CDK adds by itself
 * @param actions sorted, as CDK writes them
 * @param resources ARNs, in which {@code ${Functions/Plan/Live}} stands for what CloudFormation
 *     fills in; empty in the policy that says who may assume a role
 * @param condition such as {@code StringEquals kms:ViaService s3.eu-west-1.amazonaws.com}; empty if
 *     there is none
 */
record Statement(String sid, List<String> actions, List<String> resources, String condition) {

  /** A statement without a condition. */
  Statement(String sid, List<String> actions, List<String> resources) {
    this(sid, actions, resources, "");
  }
}
