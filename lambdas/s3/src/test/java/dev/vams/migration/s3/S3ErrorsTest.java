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
import software.amazon.awssdk.services.s3.model.InvalidObjectStateException;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3ErrorsTest {

  @ParameterizedTest
  @CsvSource({
    // code, status, and how far it reaches: asking a bucket, an object, a copy, a look
    "AccessDenied, 403, RUN, ENTRY, ENTRY, UNIT",
    "NoSuchKey, 404, UNIT, ENTRY, ENTRY, ENTRY",
    "PreconditionFailed, 412, UNIT, ENTRY, ENTRY, ENTRY",
    "InvalidRequest, 400, UNIT, ENTRY, ENTRY, ENTRY",
    "InternalError, 500, TRANSIENT, TRANSIENT, ENTRY, TRANSIENT",
    "InternalError, 200, TRANSIENT, TRANSIENT, ENTRY, TRANSIENT",
    "ServiceUnavailable, 503, TRANSIENT, TRANSIENT, TRANSIENT, TRANSIENT",
    "SlowDown, 503, TRANSIENT, TRANSIENT, TRANSIENT, TRANSIENT",
    "RequestLimitExceeded, 503, TRANSIENT, TRANSIENT, TRANSIENT, TRANSIENT",
    "TooManyRequests, 429, TRANSIENT, TRANSIENT, TRANSIENT, TRANSIENT",
    "NoSuchBucket, 404, RUN, RUN, RUN, RUN",
    "PermanentRedirect, 301, RUN, RUN, RUN, RUN",
    "InvalidAccessKeyId, 403, RUN, RUN, RUN, RUN",
    "ExpiredToken, 400, RUN, RUN, RUN, RUN",
    "InvalidToken, 400, RUN, RUN, RUN, RUN"
  })
  void anErrorCodeAndWhatWasAskedSayHowFarTheErrorReaches(
      String code, int status, Scope ofBucket, Scope ofObject, Scope ofCopy, Scope ofLook) {
    S3Exception error = error(code, status);

    assertThat(S3Errors.describeBucket(error))
        .isEqualTo(new StoreError(code, "what S3 says", ofBucket));
    assertThat(S3Errors.describeObject(error).scope()).isEqualTo(ofObject);
    assertThat(S3Errors.describeCopy(error).scope()).isEqualTo(ofCopy);
    assertThat(S3Errors.describeLook(error).scope()).isEqualTo(ofLook);
  }

  @Test
  void anArchivedObjectIsRefusedForItselfAlone() {
    Throwable archived = InvalidObjectStateException.builder().statusCode(403).build();

    assertThat(S3Errors.describeLook(archived).scope()).isEqualTo(Scope.ENTRY);
    assertThat(S3Errors.describeCopy(archived).scope()).isEqualTo(Scope.ENTRY);
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

    assertThat(S3Errors.describeObject(refusedBySts))
        .isEqualTo(new StoreError("AccessDenied", "what STS says", Scope.RUN));
    assertThat(lookup(refusedBySts))
        .isEqualTo(new Lookup.Forbidden<>("AccessDenied: what STS says"));
  }

  @Test
  void anOverloadedServiceIsKnownByItsStatusAlone() {
    assertThat(S3Errors.describeObject(withoutDetails(503)).scope()).isEqualTo(Scope.TRANSIENT);
  }

  @Test
  void theRequestIsNamedForAws() {
    S3Exception error =
        (S3Exception) error("AccessDenied", 403).toBuilder().requestId("REQ1").build();

    assertThat(S3Errors.describeObject(error).message()).isEqualTo("what S3 says (request REQ1)");
  }

  @Test
  void anAnswerWithoutABodyIsDescribedByItsStatus() {
    assertThat(S3Errors.describeObject(withoutDetails(403)))
        .isEqualTo(new StoreError("HTTP 403", "status 403", Scope.ENTRY));
  }

  @Test
  void anErrorOfTheClientMayPass() {
    assertThat(S3Errors.describeObject(SdkClientException.create("no connection")))
        .isEqualTo(new StoreError("SdkClientException", "no connection", Scope.TRANSIENT));
  }

  @Test
  void aWrappedErrorIsTheErrorInside() {
    assertThat(S3Errors.describeObject(new CompletionException(error("SlowDown", 503))).scope())
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
