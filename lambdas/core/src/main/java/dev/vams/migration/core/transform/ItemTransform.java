package dev.vams.migration.core.transform;

import dev.vams.migration.core.plan.AttributePath;
import dev.vams.migration.core.plan.AttributePath.Step;
import dev.vams.migration.core.plan.Operation;
import dev.vams.migration.core.plan.Rename;
import dev.vams.migration.core.plan.TablePair;
import dev.vams.migration.core.store.Item;
import dev.vams.migration.core.store.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * What a table pair does to its items: first the renames of {@code attributes}, then the operations
 * of {@code transform}, in their order. The same item always gives the same result. What no
 * operation names passes through untouched, whatever its type and depth. Immutable, so safe for use
 * by many threads.
 */
public final class ItemTransform {
  private final List<Operation> operations;
  private final int renames;

  /** New names by old ones; empty where a name is in two renames, as then their order matters. */
  private final Map<String, String> independentRenames;

  private ItemTransform(List<Operation> operations, int renames) {
    this.operations = List.copyOf(operations);
    this.renames = renames;
    independentRenames = independent(this.operations.subList(0, renames));
  }

  private static Map<String, String> independent(List<Operation> renames) {
    Map<String, String> newNames = new LinkedHashMap<>();
    Set<String> names = new HashSet<>();
    for (Operation operation : renames) {
      String from = operation.path().attribute();
      String to = ((Operation.Rename) operation).to();
      if (!names.add(from) || !names.add(to)) {
        return Map.of();
      }
      newNames.put(from, to);
    }
    return newNames;
  }

  /** The transform of a pair. */
  public static ItemTransform of(TablePair pair) {
    List<Operation> operations = new ArrayList<>();
    for (Rename rename : pair.renames()) {
      operations.add(new Operation.Rename(AttributePath.of(rename.from()), rename.to()));
    }
    operations.addAll(pair.transform());
    return new ItemTransform(operations, pair.renames().size());
  }

  /** The operations in their order. */
  public List<Operation> operations() {
    return operations;
  }

  /**
   * Where an operation is written in the schema, such as {@code transform[2]}.
   *
   * @param number its number in {@link #operations()}, from 0
   */
  public String place(int number) {
    return number < renames ? "attributes" : "transform[%d]".formatted(number - renames);
  }

  /** Whether no item is changed. */
  public boolean isEmpty() {
    return operations.isEmpty();
  }

  /** Whether an item's key may be another one afterwards. A key can be copied, and not onto. */
  public boolean changesKeys(List<String> keyNames) {
    return operations.stream()
        .filter(operation -> !(operation instanceof Operation.Copy))
        .anyMatch(operation -> keyNames.contains(operation.path().attribute()));
  }

  /** The item as it goes to the target, or why it cannot go there. */
  public Transformed apply(Item item) {
    return apply(item, number -> {});
  }

  /**
   * The same.
   *
   * @param changed is given the number of each operation that changes the item
   */
  public Transformed apply(Item item, IntConsumer changed) {
    if (operations.isEmpty()) {
      return new Transformed.Ready(item);
    }
    Value whole = new Value.MapOf(item.attributes());
    Value root = whole;
    boolean isRenamed = false;
    for (int number = 0; number < independentRenames.size(); number++) {
      Optional<String> loss = loss(operations.get(number), whole);
      if (loss.isPresent()) {
        return refused(number, loss.get());
      }
      if (item.attributes().containsKey(operations.get(number).path().attribute())) {
        isRenamed = true;
        changed.accept(number);
      }
    }
    if (isRenamed) {
      root = renamed(item.attributes());
    }
    for (int number = independentRenames.size(); number < operations.size(); number++) {
      Operation operation = operations.get(number);
      Optional<String> loss = loss(operation, root);
      if (loss.isPresent()) {
        return refused(number, loss.get());
      }
      Value before = root;
      root = changed(operation, root);
      if (root != before) {
        changed.accept(number);
      }
    }
    return new Transformed.Ready(root == whole ? item : new Item(((Value.MapOf) root).entries()));
  }

  private Transformed refused(int number, String loss) {
    return new Transformed.Refused(
        number, "%s would lose a value: %s".formatted(operations.get(number), loss));
  }

  /** All renames in one copy of the attributes instead of one copy each. */
  private Value renamed(Map<String, Value> attributes) {
    Map<String, Value> entries = new LinkedHashMap<>();
    attributes.forEach(
        (name, value) -> entries.put(independentRenames.getOrDefault(name, name), value));
    return new Value.MapOf(entries);
  }

  /** Which value the operation would overwrite without being told to. */
  private static Optional<String> loss(Operation operation, Value root) {
    if (operation instanceof Operation.Rename rename) {
      String from = ((Step.Name) rename.path().last()).name();
      boolean isLoss =
          anyMatch(
              root,
              containers(rename.path()),
              container ->
                  container instanceof Value.MapOf map
                      && map.entries().containsKey(from)
                      && map.entries().containsKey(rename.to()));
      return isLoss
          ? Optional.of("the item has both '%s' and '%s'".formatted(from, rename.to()))
          : Optional.empty();
    }
    if (operation instanceof Operation.Copy copy) {
      boolean isLoss =
          anyMatch(root, copy.path().steps(), value -> true)
              && anyMatch(root, copy.to().steps(), value -> true);
      return isLoss
          ? Optional.of("the item has '%s' already".formatted(copy.to()))
          : Optional.empty();
    }
    return Optional.empty();
  }

  private static Value changed(Operation operation, Value root) {
    AttributePath path = operation.path();
    if (operation instanceof Operation.Rename rename) {
      String from = ((Step.Name) path.last()).name();
      return edit(root, containers(path), container -> renamed(container, from, rename.to()));
    }
    if (operation instanceof Operation.Drop) {
      return edit(root, containers(path), container -> without(container, path.last()));
    }
    if (operation instanceof Operation.SetValue set) {
      return edit(root, containers(path), container -> with(container, path.last(), set.value()));
    }
    if (operation instanceof Operation.Copy copy) {
      return found(root, path)
          .map(
              value ->
                  edit(
                      root,
                      containers(copy.to()),
                      container -> with(container, copy.to().last(), value)))
          .orElse(root);
    }
    Operation.ReplaceValue replacement = (Operation.ReplaceValue) operation;
    return edit(root, path.steps(), value -> replaced(value, replacement));
  }

  private static List<Step> containers(AttributePath path) {
    return path.steps().subList(0, path.steps().size() - 1);
  }

  private static Value renamed(Value container, String from, String to) {
    if (!(container instanceof Value.MapOf map) || !map.entries().containsKey(from)) {
      return container;
    }
    Map<String, Value> entries = new LinkedHashMap<>();
    map.entries().forEach((name, value) -> entries.put(name.equals(from) ? to : name, value));
    return new Value.MapOf(entries);
  }

  private static Value without(Value container, Step step) {
    if (container instanceof Value.MapOf map) {
      if (step instanceof Step.Each && !map.entries().isEmpty()) {
        return new Value.MapOf(Map.of());
      }
      if (step instanceof Step.Name name && map.entries().containsKey(name.name())) {
        Map<String, Value> entries = new LinkedHashMap<>(map.entries());
        entries.remove(name.name());
        return new Value.MapOf(entries);
      }
    }
    if (container instanceof Value.ListOf list) {
      if (step instanceof Step.Each && !list.elements().isEmpty()) {
        return new Value.ListOf(List.of());
      }
      if (step instanceof Step.Index index && index.index() < list.elements().size()) {
        List<Value> elements = new ArrayList<>(list.elements());
        elements.remove(index.index());
        return new Value.ListOf(elements);
      }
    }
    return container;
  }

  private static Value with(Value container, Step step, Value value) {
    if (container instanceof Value.MapOf map
        && step instanceof Step.Name name
        && !map.entries().containsKey(name.name())) {
      Map<String, Value> entries = new LinkedHashMap<>(map.entries());
      entries.put(name.name(), value);
      return new Value.MapOf(entries);
    }
    return edit(container, List.of(step), before -> before.equals(value) ? before : value);
  }

  private static Value replaced(Value value, Operation.ReplaceValue replacement) {
    if (value instanceof Value.Text text) {
      String replaced = replacement.replace(text.text());
      return replaced.equals(text.text()) ? value : new Value.Text(replaced);
    }
    if (value instanceof Value.TextSet set) {
      Set<String> texts = new LinkedHashSet<>();
      set.texts().forEach(text -> texts.add(replacement.replace(text)));
      return texts.equals(set.texts()) ? value : new Value.TextSet(texts);
    }
    return value;
  }

  private static Optional<Value> found(Value root, AttributePath path) {
    Value value = root;
    for (Step step : path.steps()) {
      List<Value> next = inside(value, step);
      if (next.isEmpty()) {
        return Optional.empty();
      }
      value = next.get(0);
    }
    return Optional.of(value);
  }

  private static boolean anyMatch(Value value, List<Step> steps, Predicate<Value> condition) {
    if (steps.isEmpty()) {
      return condition.test(value);
    }
    List<Step> further = steps.subList(1, steps.size());
    return inside(value, steps.get(0)).stream()
        .anyMatch(inner -> anyMatch(inner, further, condition));
  }

  /** What a step leads to. */
  private static List<Value> inside(Value container, Step step) {
    if (container instanceof Value.MapOf map) {
      if (step instanceof Step.Each) {
        return List.copyOf(map.entries().values());
      }
      if (step instanceof Step.Name name && map.entries().containsKey(name.name())) {
        return List.of(map.entries().get(name.name()));
      }
    }
    if (container instanceof Value.ListOf list) {
      if (step instanceof Step.Each) {
        return list.elements();
      }
      if (step instanceof Step.Index index && index.index() < list.elements().size()) {
        return List.of(list.elements().get(index.index()));
      }
    }
    return List.of();
  }

  /** The value with all places edited that the steps lead to; the same object if none changes. */
  private static Value edit(Value value, List<Step> steps, UnaryOperator<Value> edit) {
    if (steps.isEmpty()) {
      return edit.apply(value);
    }
    Step step = steps.get(0);
    UnaryOperator<Value> editInside = inner -> edit(inner, steps.subList(1, steps.size()), edit);
    if (value instanceof Value.MapOf map) {
      return editMap(map, step, editInside);
    }
    return value instanceof Value.ListOf list ? editList(list, step, editInside) : value;
  }

  private static Value editMap(Value.MapOf map, Step step, UnaryOperator<Value> editInside) {
    boolean isEach = step instanceof Step.Each;
    if (!isEach && !(step instanceof Step.Name name && map.entries().containsKey(name.name()))) {
      return map;
    }
    Map<String, Value> edited = new LinkedHashMap<>();
    boolean isChanged = false;
    for (Map.Entry<String, Value> entry : map.entries().entrySet()) {
      boolean isMeant = isEach || ((Step.Name) step).name().equals(entry.getKey());
      Value value = isMeant ? editInside.apply(entry.getValue()) : entry.getValue();
      isChanged |= value != entry.getValue();
      edited.put(entry.getKey(), value);
    }
    return isChanged ? new Value.MapOf(edited) : map;
  }

  private static Value editList(Value.ListOf list, Step step, UnaryOperator<Value> editInside) {
    List<Value> edited = new ArrayList<>(list.elements().size());
    boolean isChanged = false;
    for (int i = 0; i < list.elements().size(); i++) {
      Value element = list.elements().get(i);
      boolean isMeant =
          step instanceof Step.Each || (step instanceof Step.Index index && index.index() == i);
      Value value = isMeant ? editInside.apply(element) : element;
      isChanged |= value != element;
      edited.add(value);
    }
    return isChanged ? new Value.ListOf(edited) : list;
  }
}
