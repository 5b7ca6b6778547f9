/** The report: what the run's files add up to, for people and for programs, and the verdict. */
package dev.vams.migration.core.report;
