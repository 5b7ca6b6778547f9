/** Tests of the shell scripts beside the CDK app. */
package dev.vams.migration.infra.script;
