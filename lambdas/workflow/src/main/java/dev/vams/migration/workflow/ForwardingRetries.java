package dev.vams.migration.workflow;

import software.amazon.awssdk.retries.api.AcquireInitialTokenRequest;
import software.amazon.awssdk.retries.api.AcquireInitialTokenResponse;
import software.amazon.awssdk.retries.api.RecordSuccessRequest;
import software.amazon.awssdk.retries.api.RecordSuccessResponse;
import software.amazon.awssdk.retries.api.RefreshRetryTokenRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenResponse;
import software.amazon.awssdk.retries.api.RetryStrategy;

/** A retry strategy that does as another one does, but for what it overrides. */
interface ForwardingRetries extends RetryStrategy {

  /** The other one. */
  RetryStrategy retries();

  @Override
  default AcquireInitialTokenResponse acquireInitialToken(AcquireInitialTokenRequest request) {
    return retries().acquireInitialToken(request);
  }

  @Override
  default RefreshRetryTokenResponse refreshRetryToken(RefreshRetryTokenRequest request) {
    return retries().refreshRetryToken(request);
  }

  @Override
  default RecordSuccessResponse recordSuccess(RecordSuccessRequest request) {
    return retries().recordSuccess(request);
  }

  @Override
  default int maxAttempts() {
    return retries().maxAttempts();
  }

  @Override
  default Builder<?, ?> toBuilder() {
    return retries().toBuilder();
  }
}
