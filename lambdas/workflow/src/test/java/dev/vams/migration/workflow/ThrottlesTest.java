package dev.vams.migration.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vams.migration.core.limit.RequestRate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.InterceptorContext;
import software.amazon.awssdk.retries.api.AcquireInitialTokenRequest;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RefreshRetryTokenRequest;
import software.amazon.awssdk.retries.api.RetryToken;
import software.amazon.awssdk.retries.api.TokenAcquisitionFailedException;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Which answers of the services count as throttled. */
class ThrottlesTest {
  private final AtomicInteger throttles = new AtomicInteger();

  @Test
  void eachThrottledAttemptCountsTheLastOneToo() {
    ThrottleCountingRetries retries =
        new ThrottleCountingRetries(
            AwsRetryStrategy.standardRetryStrategy().toBuilder().maxAttempts(3).build(),
            throttles::incrementAndGet);
    RetryToken token =
        retries.acquireInitialToken(AcquireInitialTokenRequest.create("all")).token();
    token = retries.refreshRetryToken(after(token, slowDown())).token();
    RetryToken last = retries.refreshRetryToken(after(token, tooMuch())).token();

    assertThat(throttles).hasValue(2);
    assertThatExceptionOfType(TokenAcquisitionFailedException.class)
        .isThrownBy(() -> retries.refreshRetryToken(after(last, tooMuch())));
    assertThat(throttles).hasValue(3);
  }

  @Test
  void eachAttemptWaitsForItsPlace() {
    PacedRetries retries =
        new PacedRetries(
            AwsRetryStrategy.doNotRetry().toBuilder()
                .maxAttempts(2)
                .retryOnException(S3Exception.class)
                .backoffStrategy(BackoffStrategy.fixedDelayWithoutJitter(Duration.ofSeconds(1)))
                .throttlingBackoffStrategy(BackoffStrategy.retryImmediately())
                .build(),
            new RequestRate(2, InstantSource.fixed(Instant.EPOCH)));
    AcquireInitialTokenRequest begin = AcquireInitialTokenRequest.create("all");
    RetryToken first = retries.acquireInitialToken(begin).token();
    RetryToken second = retries.acquireInitialToken(begin).token();

    assertThat(retries.acquireInitialToken(begin).delay()).isEqualTo(Duration.ofSeconds(1));
    assertThat(retries.refreshRetryToken(after(first, slowDown())).delay())
        .as("the fourth place is later than the repetition")
        .isEqualTo(Duration.ofMillis(1_500));
    assertThat(retries.refreshRetryToken(after(second, slowDown())).delay())
        .isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void otherFailuresDoNotCount() {
    ThrottleCountingRetries retries =
        new ThrottleCountingRetries(
            AwsRetryStrategy.standardRetryStrategy(), throttles::incrementAndGet);
    RetryToken token =
        retries.acquireInitialToken(AcquireInitialTokenRequest.create("all")).token();
    retries.refreshRetryToken(
        after(token, S3Exception.builder().statusCode(500).message("internal").build()));

    assertThat(throttles).hasValue(0);
  }

  @Test
  void aBatchThatWasTakenOnlyInPartCounts() {
    UnprocessedItemsInterceptor interceptor =
        new UnprocessedItemsInterceptor(throttles::incrementAndGet);

    interceptor.afterExecution(answered(Map.of()), new ExecutionAttributes());
    assertThat(throttles).hasValue(0);
    interceptor.afterExecution(
        answered(Map.of("tags", List.of(WriteRequest.builder().build()))),
        new ExecutionAttributes());
    assertThat(throttles).hasValue(1);
  }

  private static RefreshRetryTokenRequest after(RetryToken token, Throwable failure) {
    return RefreshRetryTokenRequest.builder()
        .token(token)
        .failure(failure)
        .suggestedDelay(Duration.ZERO)
        .build();
  }

  private static SdkException slowDown() {
    return S3Exception.builder().statusCode(503).awsErrorDetails(code("SlowDown")).build();
  }

  private static SdkException tooMuch() {
    return DynamoDbException.builder()
        .statusCode(400)
        .awsErrorDetails(code("ProvisionedThroughputExceededException"))
        .build();
  }

  private static AwsErrorDetails code(String code) {
    return AwsErrorDetails.builder().errorCode(code).build();
  }

  private static InterceptorContext answered(Map<String, List<WriteRequest>> unprocessed) {
    return InterceptorContext.builder()
        .request(BatchWriteItemRequest.builder().build())
        .response(BatchWriteItemResponse.builder().unprocessedItems(unprocessed).build())
        .build();
  }
}
