/**
 * The content digest: one number for any amount of content, independent of the order in which it is
 * read. Transfer and verification add it up, reports compare it.
 */
package dev.vams.migration.core.digest;
