package dev.vams.migration.workflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.limit.RequestRate;
import dev.vams.migration.core.plan.AssumedRole;
import dev.vams.migration.core.store.Lookup;
import dev.vams.migration.core.store.StoreError;
import dev.vams.migration.core.store.StoreException;
import java.io.IOException;
import java.net.URLDecoder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegionalClientsTest {
  private static final String ROLE = "arn:aws:iam::444455556666:role/writer";
  private static final String EMPTY_LISTING =
      "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>";
  private final FakeService s3 =
      new FakeService(request -> new FakeService.Response(200, EMPTY_LISTING));
  private final SharedHttp http = new SharedHttp();

  RegionalClientsTest() throws IOException {}

  @BeforeEach
  void forget() {
    s3.forget();
  }

  @AfterEach
  void close() {
    http.close();
    s3.close();
  }

  @Test
  void aRoleIsAssumedWithItsExternalIdAndItsCredentialsAreUsed() throws IOException {
    try (FakeService sts = sts(new FakeService.Response(200, StsAnswers.ASSUMED));
        RegionalClients clients = clients(Optional.of(sts))) {
      list(clients);
      list(clients);

      assertThat(sts.requests()).as("the role is assumed once").hasSize(1);
      assertThat(sts.requests().get(0).authorization())
          .contains("Credential=emulated/")
          .contains("/eu-west-1/sts/");
      assertThat(form(sts.requests().get(0).body()))
          .contains(
              "Action=AssumeRole",
              "RoleArn=" + ROLE,
              "ExternalId=vams-1",
              "RoleSessionName=vams-migration");
      assertThat(s3.requests())
          .hasSize(2)
          .allSatisfy(
              request -> {
                assertThat(request.authorization())
                    .contains("Credential=ASIAASSUMED/")
                    .contains("/eu-west-1/s3/");
                assertThat(request.token()).isEqualTo("token-of-the-role");
              });
    }
  }

  @Test
  void aRoleThatMayNotBeAssumedStopsTheRunAndIsNamed() throws IOException {
    try (FakeService sts = sts(new FakeService.Response(403, StsAnswers.REFUSED));
        RegionalClients clients = clients(Optional.of(sts))) {

      assertThat(clients.objects().look("green-assets"))
          .isEqualTo(
              new Lookup.Forbidden<>(
                  "AccessDenied: User: u is not authorized to perform: sts:AssumeRole on resource:"
                      + " r"));
      assertThat(clients.table("green-table").look()).isInstanceOf(Lookup.Forbidden.class);
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> list(clients))
          .satisfies(e -> assertThat(e.error().scope()).isEqualTo(StoreError.Scope.RUN));
      assertThat(s3.requests()).isEmpty();
    }
  }

  @Test
  void whereThereIsNoStsAnyCredentialsDo() {
    try (RegionalClients clients = clients(Optional.empty())) {
      list(clients);

      assertThat(s3.requests())
          .singleElement()
          .satisfies(
              request -> assertThat(request.authorization()).contains("Credential=emulated/"));
    }
  }

  @Test
  void eachServiceIsToldOfItsOwnThrottles() throws IOException {
    AtomicInteger ofS3 = new AtomicInteger();
    AtomicInteger ofDynamoDb = new AtomicInteger();
    Queue<FakeService.Response> answers =
        new ConcurrentLinkedQueue<>(
            List.of(
                new FakeService.Response(503, "<Error><Code>SlowDown</Code></Error>"),
                new FakeService.Response(503, "<Error><Code>SlowDown</Code></Error>"),
                new FakeService.Response(200, EMPTY_LISTING)));
    RequestRate rate = new RequestRate(1_000, InstantSource.fixed(Instant.EPOCH));
    try (FakeService busy = new FakeService(request -> answers.remove());
        RegionalClients clients =
            new RegionalClients(
                "eu-west-1",
                Optional.empty(),
                new AwsAccess.Emulated(busy.endpoint(), busy.endpoint()),
                http.client(),
                ofS3::incrementAndGet,
                ofDynamoDb::incrementAndGet,
                Optional.of(rate))) {
      list(clients);
    }

    assertThat(ofS3).hasValue(2);
    assertThat(ofDynamoDb).hasValue(0);
    assertThat(rate.reserve())
        .as("each of the three attempts has taken its place")
        .isEqualTo(Duration.ofMillis(3));
  }

  private static FakeService sts(FakeService.Response answer) throws IOException {
    return new FakeService(request -> answer);
  }

  private RegionalClients clients(Optional<FakeService> sts) {
    return new RegionalClients(
        "eu-west-1",
        Optional.of(new AssumedRole(ROLE, "vams-1")),
        new AwsAccess.Emulated(s3.endpoint(), s3.endpoint(), sts.map(FakeService::endpoint)),
        http.client(),
        () -> {},
        () -> {},
        Optional.empty());
  }

  private static void list(RegionalClients clients) {
    assertThat(InFlight.await(clients.objects().list("green-assets", "", "", 1)).objects())
        .isEmpty();
  }

  private static List<String> form(String body) {
    return Arrays.stream(body.split("&")).map(part -> URLDecoder.decode(part, UTF_8)).toList();
  }
}
