package dev.vams.migration.workflow;

import dev.vams.migration.core.limit.RequestRate;
import java.time.Duration;
import software.amazon.awssdk.retries.api.AcquireInitialTokenRequest;
import software.amazon.awssdk.retries.api.AcquireInitialTokenResponse;
import software.amazon.awssdk.retries.api.RefreshRetryTokenRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenResponse;
import software.amazon.awssdk.retries.api.RetryStrategy;

/**
 * Lets each attempt, the first one too, wait for its place. The retry strategy is the one part of
 * the SDK that is asked before every attempt and may ask for time, which passes without a thread.
 *
 * @param rate gives the places
 */
record PacedRetries(RetryStrategy retries, RequestRate rate) implements ForwardingRetries {

  @Override
  public AcquireInitialTokenResponse acquireInitialToken(AcquireInitialTokenRequest request) {
    AcquireInitialTokenResponse first = ForwardingRetries.super.acquireInitialToken(request);
    return AcquireInitialTokenResponse.create(first.token(), longer(first.delay()));
  }

  @Override
  public RefreshRetryTokenResponse refreshRetryToken(RefreshRetryTokenRequest request) {
    RefreshRetryTokenResponse next = ForwardingRetries.super.refreshRetryToken(request);
    return RefreshRetryTokenResponse.create(next.token(), longer(next.delay()));
  }

  private Duration longer(Duration delay) {
    Duration wait = rate.reserve();
    return wait.compareTo(delay) > 0 ? wait : delay;
  }
}
