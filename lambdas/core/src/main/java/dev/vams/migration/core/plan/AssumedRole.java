package dev.vams.migration.core.plan;

/**
 * An IAM role that the workers assume to reach a stack, usually one of another account.
 *
 * @param arn the role's ARN
 * @param externalId what the role's trust policy asks for, see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html">Access
 *     to AWS accounts owned by third parties</a>
 */
public record AssumedRole(String arn, String externalId) {

  /**
   * Checks both texts.
   *
   * @throws IllegalArgumentException when a text is blank
   */
  public AssumedRole {
    Names.requireText(arn, "arn");
    Names.requireText(externalId, "externalId");
  }
}
