package dev.vams.migration.core.plan;

import static java.util.stream.Collectors.joining;

import java.util.List;

/**
 * Where in an item something is: the name of an attribute, and for what is inside of it the further
 * steps, one for each map or list on the way.
 *
 * @param steps at least one; the first is a name
 */
public record AttributePath(List<Step> steps) {

  /** One step, from a map or list to something in it. */
  public sealed interface Step {

    /** To the entry of a map; dots and dollars are plain characters of its name. */
    record Name(String name) implements Step {
      @Override
      public String toString() {
        return name;
      }
    }

    /**
     * To the element of a list.
     *
     * @param index from 0
     */
    record Index(int index) implements Step {

      /**
       * Checks the number.
       *
       * @throws IllegalArgumentException when it is negative
       */
      public Index {
        if (index < 0) {
          throw new IllegalArgumentException("the elements of a list are counted from 0");
        }
      }

      @Override
      public String toString() {
        return Integer.toString(index);
      }
    }

    /** To each entry of a map, and to each element of a list. */
    record Each() implements Step {
      @Override
      public String toString() {
        return "*";
      }
    }
  }

  /**
   * Takes a copy of the list.
   *
   * @throws IllegalArgumentException when it does not begin with a name
   */
  public AttributePath {
    steps = List.copyOf(steps);
    if (steps.isEmpty() || !(steps.get(0) instanceof Step.Name)) {
      throw new IllegalArgumentException("a path begins with the name of an attribute: " + steps);
    }
  }

  /** The path of an attribute of the item itself. */
  public static AttributePath of(String attribute) {
    return new AttributePath(List.of(new Step.Name(attribute)));
  }

  /** The name of the item's attribute that the path is in. */
  public String attribute() {
    return ((Step.Name) steps.get(0)).name();
  }

  /** Whether it is the attribute itself, and nothing inside of it. */
  public boolean isAttribute() {
    return steps.size() == 1;
  }

  /** Whether it leads to one place at most. */
  public boolean isSingle() {
    return steps.stream().noneMatch(Step.Each.class::isInstance);
  }

  /** The last step. */
  public Step last() {
    return steps.get(steps.size() - 1);
  }

  /** The path for people, such as {@code versions/0/bucket}. */
  @Override
  public String toString() {
    return steps.stream().map(Step::toString).collect(joining("/"));
  }
}
