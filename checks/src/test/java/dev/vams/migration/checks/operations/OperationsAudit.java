package dev.vams.migration.checks.operations;

import static java.util.Map.entry;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/**
 * What the functions called in the other tests of this module is what the deployment grants them:
 * no more, no less. The build runs it after them, as it reads what {@link OperationRecorder} wrote.
 *
 * <p>From what was called follows what an example would have to be granted, on each of its buckets,
 * tables and keys. What it is granted is read from the table of statements that {@code infra} keeps
 * equal to the template. What roles of other accounts change is left to tests there.
 */
@DisabledIfSystemProperty(
    named = "test",
    matches = ".+",
    disabledReason = "-Dtest left out tests, so not everything was called")
class OperationsAudit {
  private static final Path STATEMENTS =
      Path.of("../infra/src/test/resources/statements/vams-2.1-cross-region.md");
  private static final Path EXAMPLE = Path.of("../config/examples/vams-2.1-cross-region.json");

  /**
   * The actions that IAM asks for, by what is called.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html">Required
   *     permissions for Amazon S3 API operations</a>
   * @see <a
   *     href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html">Actions
   *     of Amazon DynamoDB</a>
   */
  private static final Map<String, List<String>> ACTIONS =
      Map.ofEntries(
          entry("S3.HeadBucket", List.of("s3:ListBucket")),
          entry("S3.ListObjectsV2", List.of("s3:ListBucket")),
          entry("S3.GetBucketVersioning", List.of("s3:GetBucketVersioning")),
          // Of an object that is missing, S3 says so only to those who may list its bucket.
          entry("S3.GetObject", List.of("s3:GetObject", "s3:ListBucket")),
          entry("S3.HeadObject", List.of("s3:GetObject", "s3:ListBucket")),
          entry("S3.GetObjectTagging", List.of("s3:GetObjectTagging")),
          entry("S3.ListObjectVersions", List.of("s3:ListBucketVersions")),
          entry("S3.GetObject of a version", List.of("s3:GetObjectVersion", "s3:ListBucket")),
          entry("S3.HeadObject of a version", List.of("s3:GetObjectVersion", "s3:ListBucket")),
          entry("S3.GetObjectTagging of a version", List.of("s3:GetObjectVersionTagging")),
          entry("S3.GetObjectAcl of a version", List.of("s3:GetObjectVersionAcl")),
          entry("S3.GetObjectRetention of a version", List.of("s3:GetObjectRetention")),
          entry("S3.GetObjectLegalHold of a version", List.of("s3:GetObjectLegalHold")),
          entry(
              "S3.CopyObject from of a version",
              List.of("s3:GetObjectVersion", "s3:GetObjectVersionTagging")),
          entry("S3.UploadPartCopy from of a version", List.of("s3:GetObjectVersion")),
          // Never with the id of a version: then it would ask for s3:DeleteObjectVersion.
          entry("S3.DeleteObject", List.of("s3:DeleteObject")),
          // That the newest version still is the listed one, which asks for reading too.
          entry("S3.DeleteObject on a condition", List.of("s3:DeleteObject", "s3:GetObject")),
          entry("S3.PutObject", List.of("s3:PutObject")),
          // An object is copied with its tags.
          entry("S3.CopyObject from", List.of("s3:GetObject", "s3:GetObjectTagging")),
          entry("S3.CopyObject to", List.of("s3:PutObject", "s3:PutObjectTagging")),
          entry(
              "S3.CopyObject to on a condition",
              List.of("s3:PutObject", "s3:PutObjectTagging", "s3:GetObject")),
          entry(
              "S3.CopyObject to with retention with a legal hold",
              List.of(
                  "s3:PutObject",
                  "s3:PutObjectTagging",
                  "s3:PutObjectRetention",
                  "s3:PutObjectLegalHold")),
          entry("S3.CreateMultipartUpload", List.of("s3:PutObject")),
          entry(
              "S3.CreateMultipartUpload with tags", List.of("s3:PutObject", "s3:PutObjectTagging")),
          entry(
              "S3.CreateMultipartUpload with retention with a legal hold",
              List.of("s3:PutObject", "s3:PutObjectRetention", "s3:PutObjectLegalHold")),
          entry(
              "S3.CreateMultipartUpload with tags with retention with a legal hold",
              List.of(
                  "s3:PutObject",
                  "s3:PutObjectTagging",
                  "s3:PutObjectRetention",
                  "s3:PutObjectLegalHold")),
          entry("S3.UploadPartCopy from", List.of("s3:GetObject")),
          entry("S3.UploadPartCopy to", List.of("s3:PutObject")),
          entry("S3.CompleteMultipartUpload", List.of("s3:PutObject")),
          entry("S3.ListParts", List.of("s3:ListMultipartUploadParts")),
          entry("S3.RestoreObject", List.of("s3:RestoreObject")),
          entry("S3.RestoreObject of a version", List.of("s3:RestoreObject")),
          entry("S3.AbortMultipartUpload", List.of("s3:AbortMultipartUpload")),
          entry("S3.GetBucketOwnershipControls", List.of("s3:GetBucketOwnershipControls")),
          entry("S3.GetObjectLockConfiguration", List.of("s3:GetBucketObjectLockConfiguration")),
          entry("S3.GetBucketWebsite", List.of("s3:GetBucketWebsite")),
          entry("S3.GetObjectAcl", List.of("s3:GetObjectAcl")),
          entry("S3.GetObjectRetention", List.of("s3:GetObjectRetention")),
          entry("S3.GetObjectLegalHold", List.of("s3:GetObjectLegalHold")),
          entry("DynamoDb.DescribeTable", List.of("dynamodb:DescribeTable")),
          entry("DynamoDb.DescribeTimeToLive", List.of("dynamodb:DescribeTimeToLive")),
          entry(
              "DynamoDb.DescribeContinuousBackups", List.of("dynamodb:DescribeContinuousBackups")),
          entry("DynamoDb.Scan", List.of("dynamodb:Scan")),
          entry("DynamoDb.BatchGetItem", List.of("dynamodb:BatchGetItem")),
          // Puts and deletes in a batch need this action alone.
          entry("DynamoDb.BatchWriteItem", List.of("dynamodb:BatchWriteItem")),
          // A condition on the item itself needs no action of its own.
          entry("DynamoDb.PutItem", List.of("dynamodb:PutItem")));

  /**
   * What a deployment grants only where a schema has an option that the example has not. Tests in
   * {@code infra} hold such grants to their schemas.
   */
  private static final Set<Use> WITH_AN_OPTION =
      Set.of(
          new Use("Plan", Side.TARGET, "s3:DeleteObject"),
          new Use("Plan", Side.SOURCE, "s3:RestoreObject"),
          new Use("CopyPrefix", Side.SOURCE, "s3:RestoreObject"),
          new Use("Plan", Side.SOURCE, "dynamodb:BatchGetItem"),
          new Use("CopySegment", Side.SOURCE, "dynamodb:BatchGetItem"),
          new Use("CopySegment", Side.TARGET, "dynamodb:BatchGetItem"),
          new Use("CopySegment", Side.TARGET, "dynamodb:Scan"));

  /** These are about a bucket; all others of S3 are about what is in it. */
  private static final Set<String> ON_BUCKETS =
      Set.of(
          "s3:ListBucket",
          "s3:ListBucketVersions",
          "s3:GetBucketVersioning",
          "s3:GetBucketOwnershipControls",
          "s3:GetBucketObjectLockConfiguration",
          "s3:GetBucketWebsite");

  /** What no test here can call: Lambda writes logs and traces, and only Notify uses SNS. */
  private static final Pattern NEVER_CALLED =
      Pattern.compile(
          "\\w+: (logs|xray):.* on .*"
              + "|Notify: (sns:Publish on \\$\\{Notifications/Topic}"
              + "|kms:(Decrypt|GenerateDataKey) on \\$\\{Notifications/Key\\.Arn})");

  private static final Pattern FUNCTION =
      Pattern.compile("(?:Functions|Notifications)/(\\w+)/Role");

  /** Whether a name of a test's bucket or table has this in it, says on which side it is. */
  private static final Pattern TEST_NAME = Pattern.compile(".*-(a|b|work)(-.*)?");

  private static final Map<String, Side> SIDES =
      Map.of("a", Side.SOURCE, "b", Side.TARGET, "work", Side.WORK);

  private enum Side {
    SOURCE("From"),
    TARGET("To"),
    WORK("");

    /** How the fields of a schema end that are about this side. */
    private final String suffix;

    Side(String suffix) {
      this.suffix = suffix;
    }
  }

  /** A function's use of an action on one side, of as many buckets or tables as there are. */
  private record Use(String function, Side side, String action) {}

  private final JsonNode example;

  OperationsAudit() throws IOException {
    example = new ObjectMapper().readTree(EXAMPLE.toFile());
  }

  @Test
  void everyCallIsGrantedAndEveryGrantIsCalled() throws IOException {
    Set<String> needed =
        calls().stream()
            .flatMap(OperationsAudit::uses)
            .filter(use -> !WITH_AN_OPTION.contains(use))
            .distinct()
            .flatMap(this::grants)
            .collect(toCollection(TreeSet::new));

    assertThat(granted())
        .as(
            """
            What the deployment grants, against what the functions' calls need. Where it grants too \
            little or too much, change CopyPermissions; infra/README.md says how to write the tables \
            anew.""")
        .containsExactlyInAnyOrderElementsOf(needed);
  }

  @Test
  void whatIsGrantedWithAnOptionIsCalled() throws IOException {
    assertThat(calls().stream().flatMap(OperationsAudit::uses)).containsAll(WITH_AN_OPTION);
  }

  @Test
  void everyCallIsUnderstood() throws IOException {
    assertThat(calls()).isNotEmpty();
    assertThat(calls().stream().filter(call -> call.caller().equals(OperationRecorder.UNKNOWN)))
        .as("made by a thread that no handler called, nor an answer to a handler's call")
        .isEmpty();
    assertThat(calls().stream().map(Call::operation).filter(what -> !ACTIONS.containsKey(what)))
        .as("say in ACTIONS what IAM asks for")
        .isEmpty();
    assertThat(calls().stream().filter(call -> !TEST_NAME.matcher(call.resource()).matches()))
        .as("give the bucket or table a name that says on which side it is")
        .isEmpty();
  }

  /** The calls of the functions, each once. */
  private static Set<Call> calls() throws IOException {
    try (Stream<Path> files = Files.list(OperationRecorder.folder())) {
      return files
          .flatMap(OperationsAudit::lines)
          .map(Call::parse)
          .filter(call -> !call.caller().equals(OperationRecorder.OTHER))
          .collect(toSet());
    }
  }

  /** A process that was killed may leave half a line, about a call that it did not make. */
  private static Stream<String> lines(Path file) {
    try {
      String text = Files.readString(file);
      return text.substring(0, text.lastIndexOf('\n') + 1).lines();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** None of a call that is not understood. */
  private static Stream<Use> uses(Call call) {
    Matcher name = TEST_NAME.matcher(call.resource());
    return name.matches()
        ? ACTIONS.getOrDefault(call.operation(), List.of()).stream()
            .map(action -> new Use(call.caller(), SIDES.get(name.group(1)), action))
        : Stream.empty();
  }

  /** The grants of one use on all buckets, tables and keys of the example. */
  private Stream<String> grants(Use use) {
    Stream<String> own =
        resources(use).map(resource -> grant(use.function(), use.action(), resource, ""));
    Stream<String> keys =
        keyActions(use)
            .flatMap(
                action ->
                    texts("kmsKeyArns" + use.side().suffix)
                        .map(key -> grant(use.function(), action, key, viaService(use))));
    return Stream.concat(own, keys);
  }

  private Stream<String> resources(Use use) {
    String field = use.side().suffix.toLowerCase(Locale.ROOT);
    if (use.action().startsWith("dynamodb:")) {
      String region = example.get("region" + use.side().suffix).textValue();
      return names("tables", field)
          .map(name -> "arn:aws:dynamodb:%s:${AWS::AccountId}:table/%s".formatted(region, name));
    }
    Stream<String> buckets =
        use.side() == Side.WORK
            ? Stream.of("${WorkBucket/Bucket.Arn}")
            : names("buckets", field).map(name -> "arn:aws:s3:::" + name);
    return ON_BUCKETS.contains(use.action()) ? buckets : buckets.map(bucket -> bucket + "/*");
  }

  /**
   * What the use of encrypted objects and tables needs of their keys, which are used on the
   * caller's behalf.
   */
  private static Stream<String> keyActions(Use use) {
    return switch (use.action()) {
      case "s3:GetObject", "s3:GetObjectVersion" -> Stream.of("kms:Decrypt");
      case "s3:PutObject" -> Stream.of("kms:Decrypt", "kms:GenerateDataKey");
      default -> use.action().startsWith("dynamodb:") ? Stream.of("kms:Decrypt") : Stream.empty();
    };
  }

  /** For a copy between regions it is not documented which region's S3 opens the source's. */
  private String viaService(Use use) {
    Stream<String> sides =
        use.action().startsWith("s3:")
            ? Stream.of(use.side().suffix, "To")
            : Stream.of(use.side().suffix);
    String service = use.action().substring(0, use.action().indexOf(':'));
    return sides
        .map(
            side -> service + "." + example.get("region" + side).textValue() + ".${AWS::URLSuffix}")
        .distinct()
        .collect(joining(", ", "StringEquals kms:ViaService ", ""));
  }

  private Stream<String> names(String field, String side) {
    return example.findValues(field).stream().map(pair -> pair.get(side).textValue());
  }

  private Stream<String> texts(String field) {
    List<String> texts = new ArrayList<>();
    example.path(field).forEach(text -> texts.add(text.textValue()));
    return texts.stream();
  }

  private static String grant(String function, String action, String resource, String condition) {
    return "%s: %s on %s".formatted(function, action, resource)
        + (condition.isEmpty() ? "" : " if " + condition);
  }

  /** Each row has who, which actions, on what, and if what; the middle ones by line breaks. */
  private static Set<String> granted() throws IOException {
    Set<String> granted = new TreeSet<>();
    for (String row : Files.readAllLines(STATEMENTS)) {
      String[] cells = row.split("\\|", -1);
      Matcher function = FUNCTION.matcher(cells[1].strip());
      if (function.matches()) {
        for (String action : cells[2].strip().split("<br>", -1)) {
          for (String resource : cells[3].strip().split("<br>", -1)) {
            granted.add(grant(function.group(1), action, resource, cells[4].strip()));
          }
        }
      }
    }
    granted.removeIf(NEVER_CALLED.asMatchPredicate());
    return granted;
  }
}
