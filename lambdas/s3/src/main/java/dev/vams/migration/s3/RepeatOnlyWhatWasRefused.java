package dev.vams.migration.s3;

import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkPlugin;
import software.amazon.awssdk.core.SdkServiceClientConfiguration;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.retries.api.AcquireInitialTokenRequest;
import software.amazon.awssdk.retries.api.AcquireInitialTokenResponse;
import software.amazon.awssdk.retries.api.RecordSuccessRequest;
import software.amazon.awssdk.retries.api.RecordSuccessResponse;
import software.amazon.awssdk.retries.api.RefreshRetryTokenRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenResponse;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.retries.api.TokenAcquisitionFailedException;

/**
 * For requests that must not take effect twice, such as one that adds a version: they are repeated
 * where the service said that it asks for less, and not where its answer was lost or unclear.
 */
final class RepeatOnlyWhatWasRefused implements SdkPlugin {
  static final RepeatOnlyWhatWasRefused PLUGIN = new RepeatOnlyWhatWasRefused();

  private RepeatOnlyWhatWasRefused() {}

  @Override
  public void configureClient(SdkServiceClientConfiguration.Builder client) {
    RetryStrategy strategy =
        client
            .overrideConfiguration()
            .retryStrategy()
            .orElseGet(AwsRetryStrategy::standardRetryStrategy);
    client.overrideConfiguration(
        client.overrideConfiguration().toBuilder().retryStrategy(new Strategy(strategy)).build());
  }

  private record Strategy(RetryStrategy strategy) implements RetryStrategy {

    @Override
    public AcquireInitialTokenResponse acquireInitialToken(AcquireInitialTokenRequest request) {
      return strategy.acquireInitialToken(request);
    }

    @Override
    public RefreshRetryTokenResponse refreshRetryToken(RefreshRetryTokenRequest request) {
      if (request.failure() instanceof SdkServiceException failure
          && failure.isThrottlingException()) {
        return strategy.refreshRetryToken(request);
      }
      throw new TokenAcquisitionFailedException(
          "the request may have taken effect", request.token(), request.failure());
    }

    @Override
    public RecordSuccessResponse recordSuccess(RecordSuccessRequest request) {
      return strategy.recordSuccess(request);
    }

    @Override
    public int maxAttempts() {
      return strategy.maxAttempts();
    }

    @Override
    public Builder<?, ?> toBuilder() {
      return strategy.toBuilder();
    }
  }
}
