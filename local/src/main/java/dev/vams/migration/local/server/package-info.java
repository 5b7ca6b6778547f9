/**
 * Starts Amazon's DynamoDB Local and Adobe's S3Mock on this machine, each as a JVM of its own that
 * never outlives this one. The sample stacks and the tests talk to them through the AWS SDK's
 * endpoint settings.
 */
package dev.vams.migration.local.server;
