package dev.vams.migration.core.json;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads a property that is one of a few names. */
final class NamedValue {

  private NamedValue() {}

  /** The value with the name that is written there; empty when it is absent, or has a problem. */
  static <E extends Enum<E>> Optional<E> read(
      E[] values, JsonObject object, String property, Problems problems) {
    List<String> names = Arrays.stream(values).map(Enum::name).toList();
    String meaning = "one of " + Quoted.list(names);
    Optional<String> written = object.optionalText(property, meaning);
    Optional<E> known =
        written.flatMap(
            name -> Arrays.stream(values).filter(value -> value.name().equals(name)).findFirst());
    if (written.isPresent() && known.isEmpty()) {
      problems.add(
          object.pathOf(property),
          Quoted.text(written.get()) + " is not a value of " + Quoted.text(property),
          "Write " + meaning + ".");
    }
    return known;
  }
}
