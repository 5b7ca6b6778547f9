/**
 * The whole migration on this machine: the deployed definition, interpreted, with the Lambda
 * handlers in process and a directory in place of the work bucket. No step order, retry or loop is
 * written here.
 */
package dev.vams.migration.local.engine;
