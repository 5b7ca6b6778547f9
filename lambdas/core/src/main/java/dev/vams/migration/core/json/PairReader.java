package dev.vams.migration.core.json;

import static dev.vams.migration.core.json.SchemaProperty.FROM;
import static dev.vams.migration.core.json.SchemaProperty.OF_FROM_AND_TO;
import static dev.vams.migration.core.json.SchemaProperty.TO;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the entries of one mapping list, and remembers their names to find those that clash. One
 * reader serves one list of one document.
 */
final class PairReader {

  private static final Set<String> PLACEHOLDERS =
      Set.of(
          "S3Bucket_OldStack_Name",
          "S3Bucket_NewStack_Name",
          "DynamoDBTable_OldStack_Name",
          "DynamoDBTable_NewStack_Name");

  private final PairKind kind;
  private final boolean sameNameIsSame;
  private final Problems problems;
  private final Map<String, String> placeOfDescriptor = new LinkedHashMap<>();
  private final Map<String, String> placeOfSource = new LinkedHashMap<>();
  private final Map<String, String> placeOfTarget = new LinkedHashMap<>();

  /**
   * @param sameNameIsSame whether a name in stack A and the same name in stack B denote one and the
   *     same bucket or table
   */
  PairReader(PairKind kind, boolean sameNameIsSame, Problems problems) {
    this.kind = kind;
    this.sameNameIsSame = sameNameIsSame;
    this.problems = problems;
  }

  /** The next entry of the list, or empty when it has a problem. */
  Optional<NamedPair> read(JsonObject entry) {
    Optional<String> descriptor = descriptor(entry);
    Optional<JsonObject> names =
        entry.object(
            kind.namesProperty(),
            "an object with the names of two " + kind.noun() + "s, \"from\" and \"to\"",
            OF_FROM_AND_TO);
    Optional<String> from = names.flatMap(object -> name(object, FROM, "A"));
    Optional<String> to = names.flatMap(object -> name(object, TO, "B"));
    boolean isClear = names.isEmpty() || isClear(names.get(), from, to);
    return descriptor
        .filter(text -> isClear)
        .flatMap(
            text -> from.flatMap(source -> to.map(target -> new NamedPair(text, source, target))));
  }

  /** To be called after the last entry, when all sources are known. */
  void refuseTargetsThatAreSources() {
    if (!sameNameIsSame) {
      return;
    }
    placeOfTarget.forEach(
        (name, place) -> {
          if (placeOfSource.containsKey(name)) {
            problems.add(
                place,
                "%s %s is also the source %s"
                    .formatted(kind.noun(), Quoted.text(name), placeOfSource.get(name)),
                "Write the name of stack B's %s: a source is never written to."
                    .formatted(kind.noun()));
          }
        });
  }

  private boolean isClear(JsonObject names, Optional<String> from, Optional<String> to) {
    if (sameNameIsSame && from.isPresent() && from.equals(to)) {
      problems.add(
          names.pathOf(TO),
          "%s %s is both source and target".formatted(kind.noun(), Quoted.text(to.get())),
          "Write the name of stack B's %s.".formatted(kind.noun()));
      return false;
    }
    from.ifPresent(name -> placeOfSource.putIfAbsent(name, names.pathOf(FROM)));
    return to.isEmpty() || isNewTarget(to.get(), names.pathOf(TO));
  }

  private Optional<String> descriptor(JsonObject entry) {
    String meaning =
        "what the %s is for, such as %s"
            .formatted(kind.noun(), Quoted.text(kind.exampleDescriptor()));
    Optional<String> descriptor = entry.text(kind.descriptorProperty(), meaning);
    String place = entry.pathOf(kind.descriptorProperty());
    if (descriptor.isPresent() && descriptor.get().isBlank()) {
      problems.add(place, "the descriptor is empty", "Write " + meaning + ".");
      return Optional.empty();
    }
    return descriptor.filter(text -> isNewDescriptor(text, place));
  }

  private boolean isNewDescriptor(String descriptor, String place) {
    String other = placeOfDescriptor.putIfAbsent(descriptor, place);
    if (other != null) {
      problems.add(
          place,
          "the descriptor " + Quoted.text(descriptor) + " is already used at " + other,
          "Give each pair of the list its own descriptor: the report names pairs by it.");
    }
    return other == null;
  }

  private boolean isNewTarget(String name, String place) {
    String other = placeOfTarget.putIfAbsent(name, place);
    if (other != null) {
      problems.add(
          place,
          kind.noun() + " " + Quoted.text(name) + " is also the target " + other,
          "Give each pair its own target: two sources in one %s would overwrite each other."
              .formatted(kind.noun()));
    }
    return other == null;
  }

  private Optional<String> name(JsonObject names, String property, String stack) {
    String meaning = "the name of stack %s's %s".formatted(stack, kind.noun());
    Optional<String> written = names.text(property, meaning);
    if (written.isEmpty()) {
      return written;
    }
    String name = written.get();
    if (PLACEHOLDERS.contains(name)) {
      problems.add(
          names.pathOf(property),
          Quoted.text(name) + " is still the placeholder of the template",
          "Replace it by " + meaning + ".");
      return Optional.empty();
    }
    Optional<String> rule = kind.brokenNameRule(name);
    rule.ifPresent(
        broken ->
            problems.add(
                names.pathOf(property),
                "%s is no %s name: a %s name %s"
                    .formatted(Quoted.text(name), kind.noun(), kind.noun(), broken),
                "Write " + meaning + "."));
    return rule.isPresent() ? Optional.empty() : written;
  }
}
