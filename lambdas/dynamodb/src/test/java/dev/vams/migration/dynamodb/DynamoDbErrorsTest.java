package dev.vams.migration.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vams.migration.core.store.Lookup;
import dev.vams.migration.core.store.StoreError;
import dev.vams.migration.core.store.StoreError.Scope;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

class DynamoDbErrorsTest {

  @ParameterizedTest
  @CsvSource({
    "ValidationException, 400, ENTRY",
    "ItemCollectionSizeLimitExceededException, 400, ENTRY",
    "ProvisionedThroughputExceededException, 400, TRANSIENT",
    "ThrottlingException, 400, TRANSIENT",
    "RequestLimitExceeded, 400, TRANSIENT",
    "ResourceNotFoundException, 400, RUN",
    "AccessDeniedException, 400, RUN",
    "ExpiredTokenException, 400, RUN",
    "LimitExceededException, 400, UNIT",
    "InternalServerError, 500, TRANSIENT"
  })
  void anErrorCodeSaysHowFarTheErrorReaches(String code, int status, Scope scope) {
    assertThat(DynamoDbErrors.describe(error(code, status)))
        .isEqualTo(new StoreError(code, "what DynamoDB says", scope));
  }

  @Test
  void anAnswerWithoutACodeIsDescribedByItsStatus() {
    StoreError expected = new StoreError("HTTP 503", "status 503", Scope.TRANSIENT);
    Throwable withEmptyDetails =
        DynamoDbException.builder()
            .statusCode(503)
            .awsErrorDetails(AwsErrorDetails.builder().build())
            .build();
    Throwable withoutDetails = DynamoDbException.builder().statusCode(503).build();

    assertThat(DynamoDbErrors.describe(withEmptyDetails)).isEqualTo(expected);
    assertThat(DynamoDbErrors.describe(withoutDetails)).isEqualTo(expected);
    assertThat(DynamoDbErrors.<String>lookup(withEmptyDetails))
        .isEqualTo(new Lookup.Unreachable<>("status 503"));
  }

  @Test
  void anErrorOfTheClientMayPass() {
    assertThat(
            DynamoDbErrors.describe(
                new CompletionException(SdkClientException.create("no connection"))))
        .isEqualTo(new StoreError("SdkClientException", "no connection", Scope.TRANSIENT));
  }

  @Test
  void lookingAtATableComesToOneOfFourAnswers() {
    assertThat(lookup(error("ResourceNotFoundException", 400))).isEqualTo(new Lookup.Missing<>());
    assertThat(lookup(error("AccessDeniedException", 400)))
        .isEqualTo(new Lookup.Forbidden<>("AccessDeniedException: what DynamoDB says"));
    assertThat(lookup(error("AccessDenied", 403)))
        .as("what STS says of a role")
        .isInstanceOf(Lookup.Forbidden.class);
    assertThat(lookup(error("UnrecognizedClientException", 400)))
        .isInstanceOf(Lookup.Forbidden.class);
    assertThat(lookup(error("InternalServerError", 500)))
        .isEqualTo(new Lookup.Unreachable<>("what DynamoDB says"));
    assertThat(lookup(SdkClientException.create("no connection")))
        .isEqualTo(new Lookup.Unreachable<>("no connection"));
  }

  private static Lookup<String> lookup(Throwable error) {
    return DynamoDbErrors.lookup(error);
  }

  private static Throwable error(String code, int status) {
    return DynamoDbException.builder()
        .statusCode(status)
        .awsErrorDetails(
            AwsErrorDetails.builder().errorCode(code).errorMessage("what DynamoDB says").build())
        .build();
  }
}
