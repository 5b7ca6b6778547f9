package dev.vams.migration.infra.stack;

import static java.util.Map.entry;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every statement of a template as a table for people: who, what, on what, and why. */
final class StatementTable {
  /** Why there is a statement, by its name, or by its first action where CDK gave it none. */
  private static final Map<String, String> REASONS =
      Map.ofEntries(
          entry("ReadSourceBuckets", "Lists the source's keys"),
          entry("ReadSourceObjects", "Reads objects of the source"),
          entry("ReadTargetBuckets", "Lists the target's keys"),
          entry("ReadTargetObjects", "Reads objects of the target"),
          entry("CopySourceObjects", "The side that copies reads the object it copies"),
          entry("RestoreSourceObjects", "Has archived objects restored"),
          entry("WriteTargetObjects", "Writes objects with their tags"),
          entry(
              "DeleteTargetObjects",
              "Makes delete markers where A has them, and deletes what a mirror is not to have"),
          entry("ReadSourceTables", "Reads the source's items"),
          entry("ReadTargetTables", "Reads the target's items"),
          entry("WriteTargetTables", "Puts items, or proves that workers may"),
          entry("DecryptSourceObjects", "S3 opens encrypted objects of the source"),
          entry(
              "DecryptTargetObjects",
              "S3 opens encrypted objects of the target, and parts of uploads"),
          entry("DecryptCopiedObjects", "S3 opens encrypted objects of the source for the copy"),
          entry("EncryptTargetObjects", "S3 encrypts what is written"),
          entry("DecryptSourceItems", "DynamoDB opens the key of an encrypted source table"),
          entry("DecryptTargetItems", "DynamoDB opens the key of an encrypted target table"),
          entry("AssumeRoles", "Reaches a stack in another account"),
          entry("ListWorkBucket", "A run's files; without it a missing file looks forbidden"),
          entry("UseWorkObjects", "A run's files"),
          entry("UseWorkKey", "S3 encrypts and opens a run's files"),
          entry("ReadSchemas", "Reads a schema that an execution names by its place"),
          entry("InvokeTasks", "The workflow calls its functions, by their alias only"),
          entry("StartMapExecutions", "A Distributed Map starts its children"),
          entry("FollowMapExecutions", "A Distributed Map follows and stops its children"),
          entry("RedriveMapExecutions", "A redriven run redrives its maps' children"),
          entry("Publish", "Tells people how a run ended"),
          entry("UseTopicKey", "SNS encrypts the message"),
          entry("AlarmsPublish", "Alarms of this account tell people too"),
          entry(
              "AlarmsEncrypt", "SNS encrypts the alarms' messages; in a key's policy * is the key"),
          entry("AllowPublishThroughSSLOnly", "Nobody publishes without TLS"),
          entry("logs:CreateLogStream", "Writes its own log"),
          entry(
              "logs:CreateLogDelivery",
              "Step Functions writes its log and its traces: these actions know no resources"),
          entry("xray:PutTelemetryRecords", "Sends traces: X-Ray's actions know no resources"),
          entry("kms:*", "The account administers its key; in a key's policy * is the key"),
          entry("s3:*", "Nobody uses the bucket without TLS"),
          entry("lambda:InvokeFunction", "EventBridge's rule calls the function, and nothing else"),
          entry("sts:AssumeRole", "The service takes the role"));

  /** What one action adds to the reason of its statement. */
  private static final Map<String, String> ADDITIONS =
      Map.ofEntries(
          entry("s3:GetBucketVersioning", "asks whether versions are kept"),
          entry("s3:GetBucketOwnershipControls", "and whether objects may have grants"),
          entry("s3:GetBucketObjectLockConfiguration", "locks"),
          entry("s3:GetBucketWebsite", "or redirects, which copies do not carry"),
          entry("s3:GetObjectTagging", "reads their tags"),
          entry("s3:GetObjectAcl", "grants, to report them"),
          entry("s3:GetObjectRetention", "and locks, to give them to the copies"),
          entry("s3:PutObjectRetention", "and locks"),
          entry("s3:ListMultipartUploadParts", "continues uploads of large objects"),
          entry("s3:AbortMultipartUpload", "aborts those that cannot be completed"),
          entry("s3:ListBucketVersions", "and their versions"),
          entry("s3:GetObjectVersion", "the same of each version"),
          entry("dynamodb:DescribeTable", "asks how the table is made"));

  private StatementTable() {}

  /** The table in Markdown, sorted, with the reason for each statement. */
  static String render(MigrationTemplate template) {
    return template.entries().stream()
        .sorted(
            Comparator.comparing(PolicyEntry::holder)
                .thenComparing(entry -> entry.statement().sid())
                .thenComparing(entry -> entry.statement().actions().toString()))
        .map(StatementTable::row)
        .collect(
            Collectors.joining(
                "\n", "| Who | May | On | If | Why |\n| --- | --- | --- | --- | --- |\n", "\n"));
  }

  private static String row(PolicyEntry entry) {
    Statement statement = entry.statement();
    String who =
        entry.principals().isEmpty()
            ? entry.holder()
            : String.join(", ", entry.principals()) + ", by the policy of " + entry.holder();
    return "| %s | %s | %s | %s | %s |"
        .formatted(
            who,
            (entry.effect().equals("Deny") ? "NOT " : "") + lines(statement.actions()),
            lines(statement.resources()),
            statement.condition(),
            reason(statement));
  }

  private static String lines(List<String> values) {
    return String.join("<br>", values);
  }

  /** A statement that was split carries a number at its end. */
  private static String reason(Statement statement) {
    String name =
        statement.sid().isEmpty()
            ? statement.actions().get(0)
            : statement.sid().replaceAll("[0-9]+$", "");
    String reason = REASONS.get(name);
    if (reason == null) {
      throw new AssertionError("say in StatementTable why there is the statement " + name);
    }
    return Stream.concat(
            Stream.of(reason),
            statement.actions().stream().map(ADDITIONS::get).filter(Objects::nonNull))
        .collect(Collectors.joining("; "));
  }
}
