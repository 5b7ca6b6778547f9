/** Copying: one unit at a time, page by page, until it is done or the worker's time is up. */
package dev.vams.migration.core.transfer;
