package dev.vams.migration.core.inventory;

import dev.vams.migration.core.plan.Operation;
import dev.vams.migration.core.plan.Problem;
import dev.vams.migration.core.plan.TablePair;
import dev.vams.migration.core.store.TableFacts;
import dev.vams.migration.core.store.TableFacts.KeyAttribute;
import dev.vams.migration.core.transform.ItemTransform;
import dev.vams.migration.core.transform.KeyRules;
import java.util.List;
import java.util.Optional;

/** What a pair's transform may not do, whichever items there are. */
final class TransformCheck {
  private static final String CHANGE_KEYS =
      "The keys of both tables are the same: of a key's attribute, only the value can be changed,"
          + " with replaceValue or set.";

  private final TablePair pair;
  private final String path;
  private final TableFacts source;
  private final Optional<TableFacts> target;
  private final List<Problem> problems;

  /**
   * @param path of the pair in the schema
   * @param problems takes what is found
   */
  TransformCheck(
      TablePair pair,
      String path,
      TableFacts source,
      Optional<TableFacts> target,
      List<Problem> problems) {
    this.pair = pair;
    this.path = path;
    this.source = source;
    this.target = target;
    this.problems = problems;
  }

  /**
   * Makes the checks.
   *
   * @param deletesItems whether items are deleted that only the target has
   * @return whether nothing was found
   */
  boolean check(boolean deletesItems) {
    int before = problems.size();
    ItemTransform transform = ItemTransform.of(pair);
    for (int number = 0; number < transform.operations().size(); number++) {
      Operation operation = transform.operations().get(number);
      String place = path + "." + transform.place(number);
      source.keys().forEach(key -> checkKey(operation, key, place));
      target.ifPresent(facts -> checkIndexes(operation, facts, place));
    }
    if (deletesItems && transform.changesKeys(source.keyNames())) {
      add(
          path + ".transform",
          "it changes keys, so that nobody can tell which items of '%s' only the target has"
              .formatted(pair.to()),
          "Leave deleteExtraneous away, or give the table another ifTargetNotEmpty than SYNC.");
    }
    return problems.size() == before;
  }

  private void checkKey(Operation operation, KeyAttribute key, String place) {
    if (movesFrom(operation, key.name()) || goesTo(operation, key.name())) {
      add(
          place,
          "'%s' is a key attribute of '%s' and cannot take part in this %s"
              .formatted(key.name(), pair.from(), operation),
          CHANGE_KEYS);
    }
    checkConstant(operation, key, "key attribute", place);
  }

  private void checkIndexes(Operation operation, TableFacts facts, String place) {
    for (KeyAttribute key : facts.indexKeys()) {
      if (facts.keyNames().contains(key.name())) {
        continue;
      }
      if (movesFrom(operation, key.name())) {
        add(
            place,
            "'%s' is a key attribute of an index of '%s': after this %s, items would be missing in the index"
                .formatted(key.name(), pair.to(), operation),
            "Remove the operation.");
      }
      checkConstant(operation, key, "key attribute of an index", place);
    }
  }

  private void checkConstant(Operation operation, KeyAttribute key, String what, String place) {
    if (operation instanceof Operation.SetValue set
        && set.path().isAttribute()
        && set.path().attribute().equals(key.name())) {
      KeyRules.broken(key, set.value(), what)
          .ifPresent(
              broken -> add(place, broken, "Write a value of type %s.".formatted(key.type())));
    }
  }

  private static boolean movesFrom(Operation operation, String name) {
    return (operation instanceof Operation.Rename || operation instanceof Operation.Drop)
        && operation.path().isAttribute()
        && operation.path().attribute().equals(name);
  }

  private static boolean goesTo(Operation operation, String name) {
    if (operation instanceof Operation.Rename rename) {
      return rename.path().isAttribute() && rename.to().equals(name);
    }
    return operation instanceof Operation.Copy copy
        && copy.to().isAttribute()
        && copy.to().attribute().equals(name);
  }

  private void add(String where, String what, String remedy) {
    problems.add(new Problem(Problem.Kind.INPUT, where, what, remedy));
  }
}
