package dev.vams.migration.core.plan;

import static java.util.Objects.requireNonNull;

/**
 * One reason why a migration cannot start, written for the person who has to remove it.
 *
 * @param kind who has to act: the author of the schema, or the owner of the accounts
 * @param where the place: a JSON path such as {@code $.regionFrom}, or a bucket or table
 * @param what what is wrong there, without a full stop
 * @param remedy what to do about it, in whole sentences
 */
public record Problem(Kind kind, String where, String what, String remedy) {

  /** The two sorts of problems; the command line gives each its own exit code. */
  public enum Kind {
    /** The user's input is wrong. */
    INPUT,
    /** Something cannot be reached, does not exist, or is not allowed. */
    ACCESS
  }

  /**
   * Checks that the problem says where, what and what to do.
   *
   * @throws IllegalArgumentException when a text is blank
   */
  public Problem {
    requireNonNull(kind, "kind");
    Names.requireText(where, "where");
    Names.requireText(what, "what");
    Names.requireText(remedy, "remedy");
  }

  /** The problem on one line: {@code <where>: <what>. <remedy>} */
  public String line() {
    return "%s: %s. %s".formatted(where, what, remedy);
  }
}
