package dev.vams.migration.s3;

import static dev.vams.migration.core.store.BucketFeature.ACLS;
import static dev.vams.migration.core.store.BucketFeature.OBJECT_LOCK;
import static dev.vams.migration.core.store.BucketFeature.WEBSITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.store.BucketFacts;
import dev.vams.migration.core.store.BucketFeature;
import dev.vams.migration.core.store.Lookup;
import dev.vams.migration.core.store.ObjectFeatures;
import dev.vams.migration.core.store.ObjectLock;
import dev.vams.migration.core.store.StoreError.Scope;
import dev.vams.migration.core.store.StoreException;
import dev.vams.migration.s3.AnsweringServer.Response;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3AsyncClient;

class S3FeaturesTest {
  private static final String CONTROLS =
      "<OwnershipControls><Rule><ObjectOwnership>%s</ObjectOwnership></Rule></OwnershipControls>";
  private static final Response NO_CONTROLS = Response.error(404, "OwnershipControlsNotFoundError");
  private static final Response NO_LOCK =
      Response.error(404, "ObjectLockConfigurationNotFoundError");
  private static final Response NO_WEBSITE = Response.error(404, "NoSuchWebsiteConfiguration");
  private static final Response DENIED = Response.error(403, "AccessDenied");
  private static final Response UNKNOWN = Response.error(501, "NotImplemented");

  @Test
  void aNewBucketHasNone() {
    assertThat(features(controls("BucketOwnerEnforced"), NO_LOCK, NO_WEBSITE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ObjectWriter", "BucketOwnerPreferred"})
  void aBucketWhoseObjectsMayBelongToTheirWritersHasAcls(String ownership) {
    assertThat(features(controls(ownership), NO_LOCK, NO_WEBSITE)).containsExactly(ACLS);
  }

  @Test
  void anOldBucketWithoutOwnershipControlsHasAcls() {
    assertThat(features(NO_CONTROLS, NO_LOCK, NO_WEBSITE)).containsExactly(ACLS);
  }

  @Test
  void aLockAndAWebsiteAreFound() {
    Response lock =
        Response.of(
            200,
            "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled></ObjectLockConfiguration>");
    Response website =
        Response.of(
            200,
            "<WebsiteConfiguration><IndexDocument><Suffix>index.html</Suffix></IndexDocument></WebsiteConfiguration>");

    assertThat(features(controls("BucketOwnerEnforced"), lock, website))
        .containsExactlyInAnyOrder(OBJECT_LOCK, WEBSITE);
  }

  @Test
  void aServiceThatDoesNotKnowAFeatureDoesNotHaveIt() {
    assertThat(features(UNKNOWN, UNKNOWN, UNKNOWN)).isEmpty();
  }

  @Test
  void whoeverMayNotAskIsTold() {
    assertThat(look(controls("ObjectWriter"), DENIED, NO_WEBSITE))
        .isEqualTo(new Lookup.Forbidden<>("AccessDenied: m"));
  }

  @Test
  void aRedirectIsUncarried() {
    try (AnsweringServer server =
            new AnsweringServer(
                request -> Response.with("x-amz-website-redirect-location", "/other"));
        S3AsyncClient client = server.client()) {
      assertThat(featuresOf(client, WEBSITE))
          .isEqualTo(new ObjectFeatures(ObjectLock.NONE, List.of("website redirect to /other")));
    }
  }

  @Test
  void whatMayNotBeReadIsNamedAndNotTakenForAbsent() {
    try (AnsweringServer server = new AnsweringServer(request -> DENIED);
        S3AsyncClient client = server.client()) {
      assertThat(featuresOf(client, ACLS).uncarried())
          .containsExactly("access control lists, which could not be read (AccessDenied: m)");
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(
              () ->
                  InFlight.await(
                      new S3ObjectStore(client)
                          .tryReadFeatures("bucket", "key", Optional.empty(), EnumSet.of(ACLS))))
          .satisfies(e -> assertThat(e.error().scope()).isEqualTo(Scope.UNIT));
    }
  }

  private static Response controls(String ownership) {
    return Response.of(200, CONTROLS.formatted(ownership));
  }

  private static Set<BucketFeature> features(Response controls, Response lock, Response website) {
    return ((Lookup.Found<BucketFacts>) look(controls, lock, website)).value().features();
  }

  private static Lookup<BucketFacts> look(Response controls, Response lock, Response website) {
    Map<String, Response> answers =
        Map.of(
            "ownershipControls", controls,
            "object-lock", lock,
            "website", website,
            "versioning", Response.of(200, "<VersioningConfiguration/>"));
    try (AnsweringServer server =
            new AnsweringServer(
                request ->
                    answers.entrySet().stream()
                        .filter(answer -> request.path().contains("?" + answer.getKey()))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElseGet(() -> Response.of(200, "")));
        S3AsyncClient client = server.client()) {
      return new S3ObjectStore(client).look("bucket");
    }
  }

  private static ObjectFeatures featuresOf(S3AsyncClient client, BucketFeature feature) {
    return InFlight.await(
        new S3ObjectStore(client).features("bucket", "key", Optional.empty(), EnumSet.of(feature)));
  }
}
