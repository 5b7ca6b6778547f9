/** The core's item tables over the AWS SDK for DynamoDB. No SDK type leaves this package. */
package dev.vams.migration.dynamodb;
