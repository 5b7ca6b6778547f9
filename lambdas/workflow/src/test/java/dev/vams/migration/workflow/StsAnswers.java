package dev.vams.migration.workflow;

/**
 * What STS answers, in the form of <a
 * href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">AssumeRole</a>.
 */
final class StsAnswers {
  static final String ASSUMED =
      """
      <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
        <AssumeRoleResult>
          <Credentials>
            <AccessKeyId>ASIAASSUMED</AccessKeyId>
            <SecretAccessKey>secret</SecretAccessKey>
            <SessionToken>token-of-the-role</SessionToken>
            <Expiration>2999-01-01T00:00:00Z</Expiration>
          </Credentials>
          <AssumedRoleUser>
            <AssumedRoleId>AROA:vams-migration</AssumedRoleId>
            <Arn>arn:aws:sts::444455556666:assumed-role/writer/vams-migration</Arn>
          </AssumedRoleUser>
        </AssumeRoleResult>
      </AssumeRoleResponse>
      """;
  static final String REFUSED =
      """
      <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
        <Error>
          <Type>Sender</Type>
          <Code>AccessDenied</Code>
          <Message>User: u is not authorized to perform: sts:AssumeRole on resource: r</Message>
        </Error>
      </ErrorResponse>
      """;

  private StsAnswers() {}
}
