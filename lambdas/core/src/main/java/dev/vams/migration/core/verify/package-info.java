/**
 * Comparing both sides after the copy: what is missing, what differs, what is extra. Never trusts
 * the copy's own books.
 */
package dev.vams.migration.core.verify;
