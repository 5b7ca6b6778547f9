package dev.vams.migration.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vams.migration.core.inventory.PlanOutcome;
import dev.vams.migration.core.plan.AssumedRole;
import dev.vams.migration.core.plan.BucketPair;
import dev.vams.migration.core.plan.MigrationSchema;
import dev.vams.migration.core.plan.Options;
import dev.vams.migration.core.plan.StackAccess;
import dev.vams.migration.core.store.InMemoryWorkStore;
import dev.vams.migration.core.transfer.TransferLimits;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Which identity makes which calls, told from their signatures. */
class WorkflowWiringTest {
  private static final Pattern SIGNED =
      Pattern.compile("Credential=(\\w+)/\\d+/([a-z0-9-]+)/s3/aws4_request");

  @Test
  void theTargetsRoleReachesTheTargetAndReadsTheSourcesObjectsToCopyThem() throws IOException {
    try (FakeService s3 = new FakeService(WorkflowWiringTest::answer);
        FakeService sts =
            new FakeService(request -> new FakeService.Response(200, StsAnswers.ASSUMED));
        WorkflowWiring wiring = wiring(s3, sts)) {
      MigrationSchema schema =
          new MigrationSchema(
              StackAccess.in("us-east-1"),
              new StackAccess(
                  "eu-west-1",
                  Optional.of(new AssumedRole("arn:aws:iam::444455556666:role/writer", "vams-1")),
                  List.of()),
              List.of(new BucketPair("assets", "blue-assets", "green-assets")),
              List.of(),
              Options.defaults(),
              "");

      assertThat(
              wiring
                  .planner(schema)
                  .plan(wiring.journal("run-1"), schema, () -> false, () -> false))
          .isInstanceOf(PlanOutcome.Ready.class);

      assertThat(callers(s3, "/blue-assets/a"))
          .containsOnly("own in us-east-1", "role in us-east-1");
      assertThat(callers(s3, "/blue-assets?")).containsOnly("own in us-east-1");
      assertThat(callers(s3, "/green-assets")).containsOnly("role in eu-west-1");
    }
  }

  private static WorkflowWiring wiring(FakeService s3, FakeService sts) {
    return new WorkflowWiring(
        new AwsAccess.Emulated(s3.endpoint(), s3.endpoint(), Optional.of(sts.endpoint())),
        own -> new InMemoryWorkStore(),
        TransferLimits.DEFAULT,
        WorkListener.DEAF,
        InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z")),
        new Random(1));
  }

  private static FakeService.Response answer(FakeService.Request request) {
    String path = request.path();
    if (path.contains("versioning")) {
      return new FakeService.Response(200, "<VersioningConfiguration/>");
    }
    if (Pattern.compile("ownershipControls|object-lock|website").matcher(path).find()) {
      return new FakeService.Response(404, "<Error><Code>NoSuchConfiguration</Code></Error>");
    }
    if (path.contains("?acl")) {
      return new FakeService.Response(200, "<AccessControlPolicy/>");
    }
    if (path.contains("uploadId") && request.method().equals("GET")) {
      return new FakeService.Response(200, "<ListPartsResult/>");
    }
    if (path.contains("list-type=2")) {
      String object =
          "<Contents><Key>a</Key><Size>1</Size><ETag>\"e\"</ETag><LastModified>2026-01-01T00:00:00Z</LastModified></Contents>";
      return new FakeService.Response(
          200,
          "<ListBucketResult><IsTruncated>false</IsTruncated>%s</ListBucketResult>"
              .formatted(path.startsWith("/blue") ? object : ""));
    }
    if (path.contains("tagging")) {
      return new FakeService.Response(200, "<Tagging><TagSet/></Tagging>");
    }
    if (path.contains("uploads")) {
      return new FakeService.Response(
          200,
          "<InitiateMultipartUploadResult><UploadId>1</UploadId></InitiateMultipartUploadResult>");
    }
    return request.method().equals("DELETE")
        ? new FakeService.Response(204, "")
        : new FakeService.Response(200, "x");
  }

  private static List<String> callers(FakeService s3, String path) {
    return s3.requests().stream()
        .filter(request -> request.path().startsWith(path))
        .map(FakeService.Request::authorization)
        .map(SIGNED::matcher)
        .filter(Matcher::find)
        .map(
            signed ->
                "%s in %s"
                    .formatted(
                        signed.group(1).equals("ASIAASSUMED") ? "role" : "own", signed.group(2)))
        .toList();
  }
}
