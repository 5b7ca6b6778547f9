/** What happens to an item on its way from the source to the target. */
package dev.vams.migration.core.transform;
