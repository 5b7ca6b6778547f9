/**
 * The CDK app that puts the migration workflow into an AWS account. It knows the workers by the
 * names of their handler classes and the workflow by its definition file, and shares no code with
 * either.
 */
package dev.vams.migration.infra;
