package dev.vams.migration.infra.stack;

import java.util.List;

/**
 * A statement with the one it is for.
 *
 * @param holder the role that has it, or the resource whose policy it is in, by the path of its
 *     construct
 * @param effect {@code Allow} or {@code Deny}
 * @param principals whom a resource's policy is about; empty for a role's
 */
record PolicyEntry(String holder, String effect, List<String> principals, Statement statement) {}
