/**
 * The workflow as deployed in AWS: the port through which the command line starts, follows and
 * slows down executions, and its adapter. SDK types stay in this package.
 */
package dev.vams.migration.cli.deployed;
