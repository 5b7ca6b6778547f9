package dev.vams.migration.core.json;

import static dev.vams.migration.core.json.SchemaProperty.ATTRIBUTES;
import static dev.vams.migration.core.json.SchemaProperty.FROM;
import static dev.vams.migration.core.json.SchemaProperty.OF_FROM_AND_TO;
import static dev.vams.migration.core.json.SchemaProperty.TO;

import dev.vams.migration.core.plan.Rename;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the renames of one table pair. Those it accepts give the same item in whichever order they
 * are applied.
 */
final class RenameReader {

  private final Problems problems;
  private final Map<String, String> placeOfOldName = new HashMap<>();
  private final Map<String, String> placeOfNewName = new LinkedHashMap<>();

  private RenameReader(Problems problems) {
    this.problems = problems;
  }

  /** The renames of a table entry that have no problem. */
  static List<Rename> read(JsonObject entry, Problems problems) {
    return new RenameReader(problems).read(entry);
  }

  private List<Rename> read(JsonObject entry) {
    List<Rename> renames = new ArrayList<>();
    for (JsonObject rename :
        entry.optionalObjects(
            ATTRIBUTES,
            "an object with two attribute names, \"from\" and \"to\"",
            OF_FROM_AND_TO)) {
      rename(rename).ifPresent(renames::add);
    }
    refuseChains();
    return renames;
  }

  private Optional<Rename> rename(JsonObject rename) {
    Optional<String> from = rename.text(FROM, "the attribute's name in stack A");
    Optional<String> to = rename.text(TO, "the attribute's name in stack B");
    if (from.isEmpty() || to.isEmpty() || isNoRename(from.get(), to.get())) {
      return Optional.empty();
    }
    return isRename(from.get(), to.get(), rename)
        ? Optional.of(new Rename(from.get(), to.get()))
        : Optional.empty();
  }

  /** The templates carry a rename without names, to show where renames go. */
  private static boolean isNoRename(String from, String to) {
    return from.isBlank() && to.isBlank();
  }

  private boolean isRename(String from, String to, JsonObject rename) {
    if (from.isBlank()) {
      problems.add(
          rename.pathOf(FROM),
          "empty, although \"to\" is " + Quoted.text(to),
          "Write both names to rename an attribute, or none to rename nothing.");
      return false;
    }
    if (to.isBlank()) {
      problems.add(
          rename.pathOf(TO),
          "empty, although \"from\" is " + Quoted.text(from),
          "Write both names to rename an attribute, or none to rename nothing.");
      return false;
    }
    if (from.equals(to)) {
      problems.add(
          rename.pathOf(TO),
          Quoted.text(from) + " would be renamed to itself",
          "Write another name, or remove the entry.");
      return false;
    }
    boolean isFirstOfOldName =
        isFirst(placeOfOldName, from, rename.pathOf(FROM), "An attribute gets only one new name");
    boolean isFirstOfNewName =
        isFirst(placeOfNewName, to, rename.pathOf(TO), "Two attributes cannot share one name");
    return isFirstOfOldName && isFirstOfNewName;
  }

  private boolean isFirst(Map<String, String> places, String name, String place, String reason) {
    String other = places.putIfAbsent(name, place);
    if (other != null) {
      problems.add(
          place,
          "the attribute " + Quoted.text(name) + " is already named at " + other,
          reason + ": remove one of the two entries.");
    }
    return other == null;
  }

  private void refuseChains() {
    placeOfNewName.forEach(
        (name, place) -> {
          if (placeOfOldName.containsKey(name)) {
            problems.add(
                place,
                Quoted.text(name) + " is itself renamed at " + placeOfOldName.get(name),
                "Write a name that no other entry renames: the result would depend on their"
                    + " order.");
          }
        });
  }
}
