/**
 * The ports: what the core asks of S3, DynamoDB and the work bucket, and the values that cross
 * them. The adapters in {@code lambdas/s3} and {@code lambdas/dynamodb} implement them; no SDK type
 * appears here.
 */
package dev.vams.migration.core.store;
