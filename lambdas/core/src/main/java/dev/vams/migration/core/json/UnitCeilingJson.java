package dev.vams.migration.core.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.vams.migration.core.plan.UnitCeiling;
import dev.vams.migration.core.plan.UnitCeiling.Scale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ceilings: a whole number of units, or a text such as {@code "50%"}. */
final class UnitCeilingJson {
  private static final Pattern PERCENT = Pattern.compile("([1-9][0-9]?|100)%");

  private UnitCeilingJson() {}

  static JsonNode write(UnitCeiling ceiling) {
    return ceiling.scale() == Scale.UNITS
        ? JsonNodeFactory.instance.numberNode(ceiling.amount())
        : JsonNodeFactory.instance.textNode(ceiling.toString());
  }

  /** The ceiling that is written there; empty when it is absent, or has a problem. */
  static Optional<UnitCeiling> read(JsonObject entry, String property, Problems problems) {
    Optional<JsonNode> written = entry.optionalAny(property);
    if (written.isEmpty()) {
      return Optional.empty();
    }
    JsonNode node = written.get();
    if (node.isInt() && node.intValue() >= 1) {
      return Optional.of(new UnitCeiling(node.intValue(), Scale.UNITS));
    }
    Matcher percent = PERCENT.matcher(node.asText());
    if (node.isTextual() && percent.matches()) {
      return Optional.of(new UnitCeiling(Integer.parseInt(percent.group(1)), Scale.PERCENT));
    }
    problems.add(
        entry.pathOf(property),
        Quoted.value(node) + " is no ceiling",
        "Write a whole number of units, at least 1, or a share of the table's provisioned capacity,"
            + " \"1%\" to \"100%\".");
    return Optional.empty();
  }
}
