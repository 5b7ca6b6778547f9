package dev.vams.migration.core.plan;

import static java.util.Objects.requireNonNull;

import dev.vams.migration.core.store.Value;

/**
 * One change that a table's items undergo on their way. Where its path leads nowhere in an item,
 * the item stays as it is.
 */
public sealed interface Operation {

  /** What is changed. */
  AttributePath path();

  /**
   * Gives an entry of the item, or of a map inside of it, another name in the same place.
   *
   * @param path ends with a name
   * @param to the new name; an item that has both is a failure
   */
  record Rename(AttributePath path, String to) implements Operation {

    /**
     * Checks both names.
     *
     * @throws IllegalArgumentException when the path does not end with a name, or with the new one
     */
    public Rename {
      Names.requireText(to, "to");
      if (!(path.last() instanceof AttributePath.Step.Name from) || from.name().equals(to)) {
        throw new IllegalArgumentException("a rename needs two different names");
      }
    }

    @Override
    public String toString() {
      return "rename of '%s' to '%s'".formatted(path, to);
    }
  }

  /** Removes what is there. */
  record Drop(AttributePath path) implements Operation {
    /** Checks that there is a path. */
    public Drop {
      requireNonNull(path, "path");
    }

    @Override
    public String toString() {
      return "drop of '%s'".formatted(path);
    }
  }

  /** Puts a constant there, over what is there. Maps and lists on the way have to exist. */
  record SetValue(AttributePath path, Value value) implements Operation {
    /** Checks that nothing is missing. */
    public SetValue {
      requireNonNull(path, "path");
      requireNonNull(value, "value");
    }

    @Override
    public String toString() {
      return "set of '%s'".formatted(path);
    }
  }

  /**
   * Puts what is there into another place too. Maps and lists on the way to it have to exist.
   *
   * @param path leads to one place at most
   * @param to leads to one place at most, and ends with a name; an item that has something there is
   *     a failure
   */
  record Copy(AttributePath path, AttributePath to) implements Operation {

    /**
     * Checks the paths.
     *
     * @throws IllegalArgumentException when one may lead to several places, or the second does not
     *     end with a name
     */
    public Copy {
      if (!path.isSingle()
          || !to.isSingle()
          || !(to.last() instanceof AttributePath.Step.Name)
          || path.equals(to)) {
        throw new IllegalArgumentException("a copy goes from one place to another with a name");
      }
    }

    @Override
    public String toString() {
      return "copy of '%s' to '%s'".formatted(path, to);
    }
  }

  /**
   * Replaces texts: the value itself if it is one, or the members of a set of texts. Other types
   * stay as they are.
   *
   * @param from the text that is replaced, not empty
   * @param to what stands there afterwards
   * @param match which texts are replaced
   */
  record ReplaceValue(AttributePath path, String from, String to, Match match)
      implements Operation {

    /** Which texts are replaced. */
    public enum Match {
      /** The text as a whole. */
      EXACT,
      /** The beginning of the text; the rest stays. */
      PREFIX
    }

    /**
     * Checks the texts.
     *
     * @throws IllegalArgumentException when there is nothing to be replaced, or by the same
     */
    public ReplaceValue {
      requireNonNull(path, "path");
      requireNonNull(match, "match");
      if (from.isEmpty() || from.equals(to)) {
        throw new IllegalArgumentException("a replacement needs two different texts");
      }
    }

    /** What becomes of a text. */
    public String replace(String text) {
      return switch (match) {
        case EXACT -> text.equals(from) ? to : text;
        case PREFIX -> text.startsWith(from) ? to + text.substring(from.length()) : text;
      };
    }

    @Override
    public String toString() {
      return "replaceValue in '%s'".formatted(path);
    }
  }
}
