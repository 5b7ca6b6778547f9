package dev.vams.migration.checks.operations;

import static java.util.Map.entry;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/**
 * What the functions called in all other tests is what the deployment grants them: no more, no
 * less. The build runs it after them, as it reads what {@link OperationRecorder} wrote.
 *
 * <p>What is granted is read from the table of statements that {@code infra} keeps equal to the
 * template of an example.
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
          entry("S3.PutObject", List.of("s3:PutObject")),
          // An object is copied with its tags.
          entry("S3.CopyObject from", List.of("s3:GetObject", "s3:GetObjectTagging")),
          entry("S3.CopyObject to", List.of("s3:PutObject", "s3:PutObjectTagging")),
          entry(
              "S3.CreateMultipartUpload with tags", List.of("s3:PutObject", "s3:PutObjectTagging")),
          entry("S3.AbortMultipartUpload", List.of("s3:AbortMultipartUpload")),
          entry("DynamoDb.DescribeTable", List.of("dynamodb:DescribeTable")),
          entry("DynamoDb.Scan", List.of("dynamodb:Scan")),
          entry("DynamoDb.BatchGetItem", List.of("dynamodb:BatchGetItem")),
          // Puts and deletes in a batch need this action alone.
          entry("DynamoDb.BatchWriteItem", List.of("dynamodb:BatchWriteItem")),
          // A condition on the item itself needs no action of its own.
          entry("DynamoDb.PutItem", List.of("dynamodb:PutItem")));

  /** What no test here can call, and why. */
  private static final Map<Pattern, String> NEVER_CALLED =
      Map.of(
          Pattern.compile("kms:.*"), "S3, DynamoDB and SNS use keys on the caller's behalf",
          Pattern.compile("logs:.*|xray:.*"), "Lambda writes logs and traces, not the workers",
          Pattern.compile("sts:AssumeRole"), "RegionalClientsTest and WorkflowWiringTest call it",
          Pattern.compile("sns:Publish"), "PublisherTest calls it");

  private static final Pattern FUNCTION =
      Pattern.compile("(?:Functions|Notifications)/(\\w+)/Role");

  /** Whether a name of a test's bucket or table has this in it, says on which side it is. */
  private static final Pattern TEST_NAME = Pattern.compile(".*-(a|b|work)(-.*)?");

  private static final Map<String, Side> SIDES =
      Map.of("a", Side.SOURCE, "b", Side.TARGET, "work", Side.WORK);

  private enum Side {
    SOURCE,
    TARGET,
    WORK
  }

  /** A function's use of an action on one side, of as many buckets or tables as there are. */
  private record Use(String function, Side side, String action) implements Comparable<Use> {
    @Override
    public int compareTo(Use other) {
      return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
      return "%s: %s on the %s".formatted(function, action, side);
    }
  }

  @Test
  void everyCallIsGrantedAndEveryGrantIsCalled() throws IOException {
    Set<Use> called =
        calls()
            .filter(call -> !call.caller().equals(OperationRecorder.OTHER))
            .flatMap(OperationsAudit::uses)
            .collect(toCollection(TreeSet::new));

    assertThat(called)
        .as(
            """
            The functions' calls, against what the deployment grants. Where it grants too little or \
            too much, change CopyPermissions; infra/README.md says how to write the tables anew.""")
        .containsExactlyInAnyOrderElementsOf(granted());
  }

  @Test
  void everyCallHasACaller() throws IOException {
    assertThat(calls())
        .isNotEmpty()
        .noneMatch(call -> call.caller().equals(OperationRecorder.UNKNOWN));
  }

  private static Stream<Call> calls() throws IOException {
    try (Stream<Path> files = Files.list(OperationRecorder.folder())) {
      return files.flatMap(OperationsAudit::lines).map(Call::parse).toList().stream();
    }
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Use> uses(Call call) {
    List<String> actions = ACTIONS.get(call.operation());
    if (actions == null) {
      throw new AssertionError("say in ACTIONS what IAM asks for " + call);
    }
    Matcher name = TEST_NAME.matcher(call.resource());
    if (!name.matches()) {
      throw new AssertionError("the name says not on which side it is: " + call);
    }
    return actions.stream().map(action -> new Use(call.caller(), SIDES.get(name.group(1)), action));
  }

  /** Each row has who, which actions, and on what, the last two separated by line breaks. */
  private static Set<Use> granted() throws IOException {
    JsonNode schema = new ObjectMapper().readTree(EXAMPLE.toFile());
    Set<Use> granted = new TreeSet<>();
    for (String row : Files.readAllLines(STATEMENTS)) {
      String[] cells = row.split("\\|", -1);
      Matcher function = FUNCTION.matcher(cells[1].strip());
      if (function.matches()) {
        List<String> resources = lines(cells[3]);
        for (String action : lines(cells[2])) {
          if (NEVER_CALLED.keySet().stream().noneMatch(one -> one.matcher(action).matches())) {
            resources.forEach(
                resource ->
                    granted.add(new Use(function.group(1), side(resource, schema), action)));
          }
        }
      }
    }
    return granted;
  }

  private static List<String> lines(String cell) {
    return Arrays.asList(cell.strip().split("<br>"));
  }

  private static Side side(String resource, JsonNode schema) {
    if (resource.startsWith("${WorkBucket/Bucket.Arn}")) {
      return Side.WORK;
    }
    String name = resource.replaceFirst("/\\*$", "").replaceFirst(".*[:/]", "");
    if (schema.findValuesAsText("from").contains(name)) {
      return Side.SOURCE;
    }
    if (schema.findValuesAsText("to").contains(name)) {
      return Side.TARGET;
    }
    throw new AssertionError("neither the source's nor the target's: " + resource);
  }
}
