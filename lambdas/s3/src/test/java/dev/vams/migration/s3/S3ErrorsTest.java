package dev.vams.migration.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vams.migration.core.store.Lookup;
import dev.vams.migration.core.store.StoreError;
import dev.vams.migration.core.store.StoreError.Scope;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3ErrorsTest {

  @ParameterizedTest
  @CsvSource({
    "AccessDenied, 403, ENTRY",
    "NoSuchKey, 404, ENTRY",
    "PreconditionFailed, 412, ENTRY",
    "InvalidObjectState, 403, ENTRY",
    "InternalError, 500, TRANSIENT",
    "SlowDown, 503, TRANSIENT",
    "RequestLimitExceeded, 503, TRANSIENT",
    "TooManyRequests, 429, TRANSIENT",
    "NoSuchBucket, 404, UNIT",
    "PermanentRedirect, 301, UNIT",
    "InvalidAccessKeyId, 403, UNIT",
    "ExpiredToken, 400, UNIT",
    "InvalidToken, 400, UNIT"
  })
  void anErrorCodeSaysHowFarTheErrorReaches(String code, int status, Scope scope) {
    assertThat(S3Errors.describe(error(code, status)))
        .isEqualTo(new StoreError(code, "what S3 says", scope));
  }

  @Test
  void whatAnotherServiceRefusesConcernsEveryObject() {
    Throwable refusedBySts =
        AwsServiceException.builder()
            .statusCode(403)
            .awsErrorDetails(
                AwsErrorDetails.builder()
                    .errorCode("AccessDenied")
                    .errorMessage("what STS says")
                    .build())
            .build();

    assertThat(S3Errors.describe(refusedBySts))
        .isEqualTo(new StoreError("AccessDenied", "what STS says", Scope.UNIT));
    assertThat(lookup(refusedBySts))
        .isEqualTo(new Lookup.Forbidden<>("AccessDenied: what STS says"));
  }

  @Test
  void aServiceThatFailsOnOneObjectMayCopyTheOthers() {
    assertThat(S3Errors.describeCopy(error("InternalError", 500)).scope()).isEqualTo(Scope.ENTRY);
    assertThat(S3Errors.describeCopy(error("SlowDown", 503)).scope()).isEqualTo(Scope.TRANSIENT);
  }

  @Test
  void anOverloadedServiceIsKnownByItsStatusAlone() {
    assertThat(S3Errors.describe(withoutDetails(503)).scope()).isEqualTo(Scope.TRANSIENT);
  }

  @Test
  void theRequestIsNamedForAws() {
    S3Exception error =
        (S3Exception) error("AccessDenied", 403).toBuilder().requestId("REQ1").build();

    assertThat(S3Errors.describe(error).message()).isEqualTo("what S3 says (request REQ1)");
  }

  @Test
  void anAnswerWithoutABodyIsDescribedByItsStatus() {
    assertThat(S3Errors.describe(withoutDetails(403)))
        .isEqualTo(new StoreError("HTTP 403", "status 403", Scope.ENTRY));
  }

  @Test
  void anErrorOfTheClientMayPass() {
    assertThat(S3Errors.describe(SdkClientException.create("no connection")))
        .isEqualTo(new StoreError("SdkClientException", "no connection", Scope.TRANSIENT));
  }

  @Test
  void aWrappedErrorIsTheErrorInside() {
    assertThat(S3Errors.describe(new CompletionException(error("SlowDown", 503))).scope())
        .isEqualTo(Scope.TRANSIENT);
  }

  @Test
  void lookingAtABucketComesToOneOfFiveAnswers() {
    assertThat(lookup(withoutDetails(404))).isEqualTo(new Lookup.Missing<>());
    assertThat(lookup(withoutDetails(403)))
        .isEqualTo(new Lookup.Forbidden<>("HTTP 403: status 403"));
    assertThat(lookup(error("PermanentRedirect", 301, "eu-west-1")))
        .isEqualTo(new Lookup.Elsewhere<>("eu-west-1"));
    assertThat(lookup(error("AuthorizationHeaderMalformed", 400, "eu-west-1")))
        .isEqualTo(new Lookup.Elsewhere<>("eu-west-1"));
    assertThat(lookup(error("SlowDown", 503))).isInstanceOf(Lookup.Unreachable.class);
    assertThat(lookup(SdkClientException.create("no connection")))
        .isEqualTo(new Lookup.Unreachable<>("no connection"));
  }

  @Test
  void aBadRequestThatNamesNoRegionIsForbidden() {
    assertThat(lookup(error("ExpiredToken", 400))).isInstanceOf(Lookup.Forbidden.class);
    assertThat(lookup(withoutDetails(400))).isInstanceOf(Lookup.Forbidden.class);
  }

  @Test
  void onlyAStatusOf404IsNotFound() {
    assertThat(S3Errors.isNotFound(new CompletionException(withoutDetails(404)))).isTrue();
    assertThat(S3Errors.isNotFound(withoutDetails(403))).isFalse();
    assertThat(S3Errors.isNotFound(SdkClientException.create("no connection"))).isFalse();
  }

  private static Lookup<String> lookup(Throwable error) {
    return S3Errors.lookup(error);
  }

  private static S3Exception error(String code, int status) {
    return error(code, SdkHttpResponse.builder().statusCode(status).build());
  }

  private static S3Exception error(String code, int status, String region) {
    return error(
        code,
        SdkHttpResponse.builder()
            .statusCode(status)
            .putHeader("x-amz-bucket-region", region)
            .build());
  }

  private static S3Exception error(String code, SdkHttpResponse response) {
    return (S3Exception)
        S3Exception.builder()
            .statusCode(response.statusCode())
            .awsErrorDetails(
                AwsErrorDetails.builder()
                    .errorCode(code)
                    .errorMessage("what S3 says")
                    .sdkHttpResponse(response)
                    .build())
            .build();
  }

  private static S3Exception withoutDetails(int status) {
    return (S3Exception) S3Exception.builder().statusCode(status).build();
  }
}
