package dev.vams.migration.workflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vams.migration.core.store.InMemoryWorkStore;
import dev.vams.migration.core.transfer.TransferLimits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What Plan does in a deployment: where it gets the schema from, and what is granted. All tests
 * share the clients, which take seconds to close.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlanHandlerTest {
  private static final String SCHEMA =
      """
      {
        "regionFrom": "us-east-1",
        "regionTo": "eu-west-1",
        "VAMS_S3Bucket_Mapping": [
          {
            "bucketDescriptor": "assets",
            "buckets": {"from": "blue-assets", "to": "green-assets"}
          }
        ]
      }
      """;
  private static final String LOCATION =
      "{\"schemaLocation\":{\"bucket\":\"work-bucket\",\"key\":\"schemas/my.json\"}}";
  private static final String NOTHING_GRANTED = granted("", "");

  private final InMemoryWorkStore store = new InMemoryWorkStore();
  private final FakeService s3 = new FakeService(this::answer);
  private final WorkflowWiring wiring =
      new WorkflowWiring(
          new AwsAccess.Emulated(s3.endpoint(), s3.endpoint()),
          own -> store,
          TransferLimits.DEFAULT,
          WorkListener.DEAF,
          InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z")),
          new Random(1));
  private Path taskRoot;
  private FakeService.Response stored;

  PlanHandlerTest() throws IOException {}

  @BeforeEach
  void start(@TempDir Path folder) {
    taskRoot = folder;
    stored = new FakeService.Response(200, SCHEMA);
    s3.forget();
  }

  @AfterAll
  void close() {
    wiring.close();
    s3.close();
  }

  private FakeService.Response answer(FakeService.Request request) {
    return request.path().startsWith("/work-bucket/") ? stored : new FakeService.Response(404, "");
  }

  @Test
  void aSchemaThatWasNotDeployedIsRefusedBeforeAnyServiceIsAsked() throws IOException {
    grant(NOTHING_GRANTED);

    assertThat(plan(SCHEMA))
        .contains("\"outcome\":\"REFUSED\"")
        .contains("$.VAMS_S3Bucket_Mapping[0].buckets.from: the deployed workflow may not read")
        .contains("$.VAMS_S3Bucket_Mapping[0].buckets.to: the deployed workflow may not write to")
        .contains("npx cdk deploy -c schema=config/my.json");
    assertThat(s3.requests()).isEmpty();
    assertThat(store.text("runs/run-1/report.json")).contains("\"kind\" : \"ACCESS\"");
  }

  @Test
  void aSchemaThatWasDeployedIsLookedAtFurther() throws IOException {
    grant(granted("\"blue-assets\"", "\"green-assets\""));

    assertThat(plan(SCHEMA)).contains("the source bucket 'blue-assets' does not exist");
  }

  @Test
  void aDeploymentThatDoesNotSayWhatItGrantsCannotPlan() throws IOException {
    assertThatExceptionOfType(UnreadableGrantsException.class)
        .isThrownBy(() -> plan(SCHEMA))
        .withMessageContaining("granted.json")
        .withMessageContaining("npx cdk deploy");

    grant("{\"readBuckets\":[]}");
    assertThatExceptionOfType(UnreadableGrantsException.class).isThrownBy(() -> plan(SCHEMA));
  }

  @Test
  void onThisMachineNothingHasToBeGranted() throws IOException {
    assertThat(handle(new PlanHandler(wiring), SCHEMA))
        .contains("the source bucket 'blue-assets' does not exist");
  }

  @Test
  void aSchemaIsFetchedFromItsLocation() throws IOException {
    grant(granted("\"blue-assets\"", "\"green-assets\""));

    assertThat(plan(LOCATION)).contains("the source bucket 'blue-assets' does not exist");
    assertThat(s3.requests().get(0).path()).isEqualTo("/work-bucket/schemas/my.json");
    assertThat(s3.requests().get(0).authorization()).contains("/ap-south-1/s3/");
  }

  @Test
  void aSchemaThatIsNotThereIsAProblem() throws IOException {
    stored =
        new FakeService.Response(
            404, "<Error><Code>NoSuchKey</Code><Message>It does not exist.</Message></Error>");

    assertThat(plan(LOCATION))
        .contains("\"outcome\":\"REFUSED\"")
        .contains("$.schemaLocation: the schema is not there, or may not be read. ")
        .contains("s3://work-bucket/schemas/my.json: NoSuchKey: It does not exist.");
    assertThat(store.text("runs/run-1/report.json")).contains("\"kind\" : \"ACCESS\"");
  }

  @Test
  void mistakesInAFetchedSchemaNameItsPlace() throws IOException {
    stored = new FakeService.Response(200, "{\"regionFrom\": }");
    assertThat(plan(LOCATION))
        .contains("s3://work-bucket/schemas/my.json, line 1, column 16: this is not JSON");

    stored = new FakeService.Response(200, SCHEMA.replace("us-east-1", "mars-1"));
    assertThat(plan(LOCATION)).contains("s3://work-bucket/schemas/my.json, $.regionFrom: ");
  }

  @Test
  void whatIsTooLargeForASchemaIsNotReadToItsEnd() throws IOException {
    stored = new FakeService.Response(200, " ".repeat((10 << 20) + 1));

    assertThat(plan(LOCATION)).contains("s3://work-bucket/schemas/my.json has more than 10 MiB");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"schemaLocation":{"bucket":"work","key":"a"},"regionFrom":"x"} | $: beside \\"schemaLocation\\" there is \\"regionFrom\\". Give either the schema or its location; everything else belongs into the schema.
          {"schemaLocation":"s3://work/a"}                                | $.schemaLocation: expected an object, found the string \\"s3://work/a\\". Write an object with \\"bucket\\" and \\"key\\".
          {"schemaLocation":{"bucket":"Work","key":"a"}}                  | $.schemaLocation.bucket: \\"Work\\" is no bucket name: a bucket name has only lower-case letters, digits, dots and hyphens. Write the name of the bucket that holds the schema.
          {"schemaLocation":{"bucket":"work"}}                            | $.schemaLocation.key: \\"key\\" is missing. Add it and write the key of the object that holds the schema, such as \\"my-migration.json\\".
          {"schemaLocation":{"bucket":"work","key":""}}                   | $.schemaLocation.key: the key is empty. Write the key of the object that holds the schema, such as \\"my-migration.json\\".
          {"schemaLocation":{"bucket":"work","key":"a","version":"1"}}    | $.schemaLocation.version: the property \\"version\\" is unknown. Remove it; the properties here are \\"bucket\\", \\"key\\".
          """)
  void aLocationIsABucketAndAKeyAndNothingElse(String input, String line) throws IOException {
    assertThat(plan(input)).contains("\"summary\":\"" + line + "\\nReport: ");
    assertThat(s3.requests()).isEmpty();
  }

  @Test
  void onThisMachineTheSchemaIsGivenItself() throws IOException {
    assertThat(handle(new PlanHandler(wiring), LOCATION))
        .contains("$.schemaLocation: only a deployed workflow fetches its schema from a bucket.");
  }

  private String plan(String input) throws IOException {
    TaskEnvironment environment =
        new TaskEnvironment("ap-south-1", taskRoot.resolve("granted.json"));
    return handle(new PlanHandler(wiring, Optional.of(environment)), input);
  }

  private static String handle(PlanHandler handler, String input) throws IOException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    String request = "{\"run\":\"run-1\",\"schema\":" + input + "}";
    handler.handleRequest(
        new ByteArrayInputStream(request.getBytes(UTF_8)), output, new OneMinuteContext());
    return output.toString(UTF_8);
  }

  private void grant(String granted) throws IOException {
    Files.writeString(taskRoot.resolve("granted.json"), granted);
  }

  private static String granted(String readBuckets, String writeBuckets) {
    return """
    {
      "deployCommand": "npx cdk deploy -c schema=config/my.json",
      "readBuckets": [%s],
      "writeBuckets": [%s],
      "deleteBuckets": [],
      "restoreBuckets": [],
      "readTables": [],
      "writeTables": [],
      "syncTables": [],
      "mirrorTables": [],
      "roles": [],
      "keys": []
    }
    """
        .formatted(readBuckets, writeBuckets);
  }
}
