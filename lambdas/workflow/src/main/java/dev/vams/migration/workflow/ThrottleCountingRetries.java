package dev.vams.migration.workflow;

import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.retries.api.RefreshRetryTokenRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenResponse;
import software.amazon.awssdk.retries.api.RetryStrategy;

/**
 * Tells of each attempt that a service throttled. An interceptor sees only what is left after the
 * last attempt, and a metric publisher costs some work for each call, whether it was throttled or
 * not.
 *
 * @param throttled is run for each throttled attempt
 */
record ThrottleCountingRetries(RetryStrategy retries, Runnable throttled)
    implements ForwardingRetries {

  @Override
  public RefreshRetryTokenResponse refreshRetryToken(RefreshRetryTokenRequest request) {
    if (request.failure() instanceof SdkServiceException failure
        && failure.isThrottlingException()) {
      throttled.run();
    }
    return ForwardingRetries.super.refreshRetryToken(request);
  }
}
