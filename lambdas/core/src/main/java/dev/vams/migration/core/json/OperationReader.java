package dev.vams.migration.core.json;

import static dev.vams.migration.core.json.SchemaProperty.FROM;
import static dev.vams.migration.core.json.SchemaProperty.MATCH;
import static dev.vams.migration.core.json.SchemaProperty.OF_OPERATION;
import static dev.vams.migration.core.json.SchemaProperty.OP;
import static dev.vams.migration.core.json.SchemaProperty.PATH;
import static dev.vams.migration.core.json.SchemaProperty.TO;
import static dev.vams.migration.core.json.SchemaProperty.TRANSFORM;
import static dev.vams.migration.core.json.SchemaProperty.VALUE;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vams.migration.core.plan.AttributePath;
import dev.vams.migration.core.plan.AttributePath.Step;
import dev.vams.migration.core.plan.Operation;
import dev.vams.migration.core.plan.Operation.ReplaceValue.Match;
import dev.vams.migration.core.store.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads the operations of one table pair. */
final class OperationReader {

  static final String EACH = "*";

  /** What an operation is called. */
  enum Kind {
    RENAME("rename"),
    DROP("drop"),
    SET("set"),
    COPY("copy"),
    REPLACE_VALUE("replaceValue");

    final String text;

    Kind(String text) {
      this.text = text;
    }

    /** The properties beside its name and path. */
    List<String> properties() {
      return switch (this) {
        case RENAME, COPY -> List.of(TO);
        case DROP -> List.of();
        case SET -> List.of(VALUE);
        case REPLACE_VALUE -> List.of(FROM, TO, MATCH);
      };
    }
  }

  private static final List<String> KINDS = Arrays.stream(Kind.values()).map(k -> k.text).toList();

  private static final String MEANING = "an object with \"op\" and \"path\"";

  private static final String PATH_MEANING =
      "the name of an attribute, or a list of steps such as [\"versions\", 0, \"bucket\"] or"
          + " [\"versions\", \"*\", \"bucket\"]";

  private final Problems problems;

  OperationReader(Problems problems) {
    this.problems = problems;
  }

  /** The operations of a table entry that have no problem. */
  List<Operation> read(JsonObject entry) {
    List<Operation> operations = new ArrayList<>();
    for (JsonObject operation : entry.optionalObjects(TRANSFORM, MEANING, OF_OPERATION)) {
      operation(operation).ifPresent(operations::add);
    }
    return operations;
  }

  /** One operation; empty when it has a problem. */
  Optional<Operation> read(JsonNode operation) {
    return JsonObject.read(operation, JsonPath.ROOT, MEANING, OF_OPERATION, problems)
        .flatMap(this::operation);
  }

  private Optional<Operation> operation(JsonObject operation) {
    String meaning = "one of " + Quoted.list(KINDS);
    Optional<String> name = operation.text(OP, meaning);
    Optional<Kind> kind =
        name.flatMap(
            text -> Arrays.stream(Kind.values()).filter(k -> k.text.equals(text)).findFirst());
    Optional<AttributePath> path = path(operation, PATH);
    if (kind.isEmpty()) {
      name.ifPresent(
          text ->
              problems.add(
                  operation.pathOf(OP),
                  Quoted.text(text) + " is no operation",
                  Suggestion.closest(text, KINDS)
                      .map(meant -> "Did you mean " + Quoted.text(meant) + "?")
                      .orElse("Write " + meaning + ".")));
      return Optional.empty();
    }
    refuseForeign(operation, kind.get());
    return switch (kind.get()) {
      case RENAME -> rename(operation, path);
      case DROP -> path.map(Operation.Drop::new);
      case SET -> set(operation, path);
      case COPY -> copy(operation, path);
      case REPLACE_VALUE -> replaceValue(operation, path);
    };
  }

  private void refuseForeign(JsonObject operation, Kind kind) {
    for (String property : OF_OPERATION) {
      boolean isOwn =
          property.equals(OP) || property.equals(PATH) || kind.properties().contains(property);
      if (!isOwn && operation.has(property)) {
        problems.add(
            operation.pathOf(property),
            "%s has no %s".formatted(Quoted.text(kind.text), Quoted.text(property)),
            "Remove it.");
      }
    }
  }

  private Optional<Operation> rename(JsonObject operation, Optional<AttributePath> path) {
    Optional<String> to = operation.text(TO, "the new name, for the same place");
    if (path.isEmpty() || to.isEmpty()) {
      return Optional.empty();
    }
    if (!(path.get().last() instanceof Step.Name from)) {
      problems.add(
          operation.pathOf(PATH),
          "a rename's path ends with a name, not with " + Quoted.text(path.get().last().toString()),
          "End it with the name that is to change.");
      return Optional.empty();
    }
    if (to.get().isBlank() || to.get().equals(from.name())) {
      problems.add(
          operation.pathOf(TO),
          Quoted.text(to.get()) + " is no new name",
          "Write another name than " + Quoted.text(from.name()) + ".");
      return Optional.empty();
    }
    return Optional.of(new Operation.Rename(path.get(), to.get()));
  }

  private Optional<Operation> set(JsonObject operation, Optional<AttributePath> path) {
    String meaning = "the constant with its type, such as {\"S\": \"text\"} or {\"N\": \"1\"}";
    Optional<Value> value =
        operation
            .any(VALUE, meaning)
            .flatMap(
                node -> {
                  try {
                    return Optional.of(ValueJson.read(node));
                  } catch (IllegalArgumentException e) {
                    problems.add(operation.pathOf(VALUE), e.getMessage(), "Write " + meaning + ".");
                    return Optional.empty();
                  }
                });
    return path.flatMap(place -> value.map(constant -> new Operation.SetValue(place, constant)));
  }

  private Optional<Operation> copy(JsonObject operation, Optional<AttributePath> path) {
    Optional<AttributePath> to = path(operation, TO);
    path.filter(place -> !place.isSingle()).ifPresent(place -> refuseMany(operation.pathOf(PATH)));
    to.filter(place -> !place.isSingle()).ifPresent(place -> refuseMany(operation.pathOf(TO)));
    if (path.filter(AttributePath::isSingle).isEmpty()
        || to.filter(AttributePath::isSingle).isEmpty()) {
      return Optional.empty();
    }
    if (!(to.get().last() instanceof Step.Name) || to.equals(path)) {
      problems.add(
          operation.pathOf(TO),
          "a copy goes to another place, which has a name",
          "End it with the name that the copy is to have.");
      return Optional.empty();
    }
    return Optional.of(new Operation.Copy(path.get(), to.get()));
  }

  private void refuseMany(String place) {
    problems.add(place, "\"*\" may stand for several places", "Write the one place that is meant.");
  }

  private Optional<Operation> replaceValue(JsonObject operation, Optional<AttributePath> path) {
    Optional<String> from = operation.text(FROM, "the text that is replaced");
    Optional<String> to = operation.text(TO, "what stands there afterwards");
    Match match = NamedValue.read(Match.values(), operation, MATCH, problems).orElse(Match.EXACT);
    if (path.isEmpty() || from.isEmpty() || to.isEmpty()) {
      return Optional.empty();
    }
    if (from.get().isEmpty()) {
      problems.add(
          operation.pathOf(FROM),
          "empty",
          "Write the text that is replaced; to put a constant"
              + " there, whatever it is now, use \"set\".");
      return Optional.empty();
    }
    if (from.equals(to)) {
      problems.add(
          operation.pathOf(TO),
          Quoted.text(to.get()) + " would be replaced by itself",
          "Write another text, or remove the operation.");
      return Optional.empty();
    }
    return Optional.of(new Operation.ReplaceValue(path.get(), from.get(), to.get(), match));
  }

  private Optional<AttributePath> path(JsonObject operation, String property) {
    Optional<JsonNode> written = operation.any(property, PATH_MEANING);
    if (written.isEmpty()) {
      return Optional.empty();
    }
    JsonNode node = written.get();
    List<Step> steps = new ArrayList<>();
    if (node.isTextual()) {
      steps.add(new Step.Name(node.textValue()));
    } else if (node.isArray()) {
      for (JsonNode element : node) {
        step(element, steps.isEmpty()).ifPresent(steps::add);
      }
    }
    boolean isWhole = node.isTextual() || steps.size() == node.size();
    boolean isNamed =
        !steps.isEmpty()
            && steps.stream()
                .noneMatch(step -> step instanceof Step.Name name && name.name().isEmpty());
    if (!isWhole || !isNamed || !(steps.get(0) instanceof Step.Name)) {
      problems.add(
          operation.pathOf(property),
          "this is no path of an attribute",
          "Write " + PATH_MEANING + "; it begins with a name.");
      return Optional.empty();
    }
    return Optional.of(new AttributePath(steps));
  }

  private static Optional<Step> step(JsonNode element, boolean isFirst) {
    if (element.isTextual()) {
      boolean isEach = element.textValue().equals(EACH) && !isFirst;
      return Optional.of(isEach ? new Step.Each() : new Step.Name(element.textValue()));
    }
    return element.isInt() && element.intValue() >= 0
        ? Optional.of(new Step.Index(element.intValue()))
        : Optional.empty();
  }
}
