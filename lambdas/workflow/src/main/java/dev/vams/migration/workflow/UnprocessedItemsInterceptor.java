package dev.vams.migration.workflow;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;

/**
 * Tells of each batch that DynamoDB took only a part of, which is how it throttles batches (<a
 * href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html">BatchWriteItem</a>).
 *
 * @param throttled is run for each such batch
 */
record UnprocessedItemsInterceptor(Runnable throttled) implements ExecutionInterceptor {

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
    if (context.response() instanceof BatchWriteItemResponse batch
        && !batch.unprocessedItems().isEmpty()) {
      throttled.run();
    }
  }
}
