/**
 * What one deployment is told: the CDK context and the migration schemas, read and checked before
 * anything is built.
 */
package dev.vams.migration.infra.settings;
