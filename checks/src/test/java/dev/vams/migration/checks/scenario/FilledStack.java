package dev.vams.migration.checks.scenario;

import dev.vams.migration.local.sample.SampleData;
import dev.vams.migration.local.sample.SampleStack;

/** A sample stack and how much is in it. */
record FilledStack(SampleStack stack, SampleData data) {
  private static final int SCALE = 1;
  private static final long SEED = 2_026;

  /** Creates the stack and fills it. */
  static FilledStack create(Services services, String prefix) throws InterruptedException {
    SampleStack stack = SampleStack.create(services.s3(), services.dynamoDb(), prefix);
    return new FilledStack(
        stack, SampleData.fill(services.s3(), services.dynamoDb(), stack, SCALE, SEED));
  }
}
