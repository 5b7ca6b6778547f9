/** The core's object and work stores over the AWS SDK for S3. No SDK type leaves this package. */
package dev.vams.migration.s3;
