/**
 * Reading buckets in key order: one side page by page, or both sides together. Transfer and
 * verification use it.
 */
package dev.vams.migration.core.listing;
