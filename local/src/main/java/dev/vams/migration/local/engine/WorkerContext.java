package dev.vams.migration.local.engine;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** What Lambda tells a handler about its invocation. Of it, only the time left matters here. */
final class WorkerContext implements Context {
  private final String functionName;
  private final InstantSource clock;
  private final Instant end;

  WorkerContext(String functionName, Duration time, InstantSource clock) {
    this.functionName = functionName;
    this.clock = clock;
    end = clock.instant().plus(time);
  }

  @Override
  public int getRemainingTimeInMillis() {
    return Math.toIntExact(Math.max(0, Duration.between(clock.instant(), end).toMillis()));
  }

  @Override
  public String getFunctionName() {
    return functionName;
  }

  @Override
  public String getAwsRequestId() {
    return functionName + " on this machine";
  }

  @Override
  public String getLogGroupName() {
    return "";
  }

  @Override
  public String getLogStreamName() {
    return "";
  }

  @Override
  public String getFunctionVersion() {
    return "$LATEST";
  }

  @Override
  public String getInvokedFunctionArn() {
    return functionName;
  }

  @Override
  public CognitoIdentity getIdentity() {
    return null;
  }

  @Override
  public ClientContext getClientContext() {
    return null;
  }

  @Override
  public int getMemoryLimitInMB() {
    return Math.toIntExact(Runtime.getRuntime().maxMemory() >> 20);
  }

  @Override
  public LambdaLogger getLogger() {
    return new LambdaLogger() {
      @Override
      public void log(String message) {
        System.err.println(message);
      }

      @Override
      public void log(byte[] message) {
        log(new String(message, StandardCharsets.UTF_8));
      }
    };
  }
}
