/**
 * Reading buckets in key order, one side page by page or both sides together, and looking up items
 * by their keys. Transfer and verification use it.
 */
package dev.vams.migration.core.listing;
