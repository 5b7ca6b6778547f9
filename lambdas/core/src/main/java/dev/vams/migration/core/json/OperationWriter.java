package dev.vams.migration.core.json;

import static dev.vams.migration.core.json.SchemaProperty.FROM;
import static dev.vams.migration.core.json.SchemaProperty.MATCH;
import static dev.vams.migration.core.json.SchemaProperty.OP;
import static dev.vams.migration.core.json.SchemaProperty.PATH;
import static dev.vams.migration.core.json.SchemaProperty.TO;
import static dev.vams.migration.core.json.SchemaProperty.VALUE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vams.migration.core.json.OperationReader.Kind;
import dev.vams.migration.core.plan.AttributePath;
import dev.vams.migration.core.plan.AttributePath.Step;
import dev.vams.migration.core.plan.Operation;

/** Operations as {@link OperationReader} reads them. */
final class OperationWriter {
  private OperationWriter() {}

  static ObjectNode write(Operation operation) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put(OP, kind(operation).text).set(PATH, write(operation.path()));
    if (operation instanceof Operation.Rename rename) {
      node.put(TO, rename.to());
    } else if (operation instanceof Operation.SetValue set) {
      node.set(VALUE, ValueJson.write(set.value()));
    } else if (operation instanceof Operation.Copy copy) {
      node.set(TO, write(copy.to()));
    } else if (operation instanceof Operation.ReplaceValue replacement) {
      node.put(FROM, replacement.from())
          .put(TO, replacement.to())
          .put(MATCH, replacement.match().name());
    }
    return node;
  }

  private static Kind kind(Operation operation) {
    if (operation instanceof Operation.Rename) {
      return Kind.RENAME;
    }
    if (operation instanceof Operation.Drop) {
      return Kind.DROP;
    }
    if (operation instanceof Operation.SetValue) {
      return Kind.SET;
    }
    return operation instanceof Operation.Copy ? Kind.COPY : Kind.REPLACE_VALUE;
  }

  private static JsonNode write(AttributePath path) {
    ArrayNode steps = JsonNodeFactory.instance.arrayNode();
    for (Step step : path.steps()) {
      if (step instanceof Step.Index index) {
        steps.add(index.index());
      } else {
        steps.add(step instanceof Step.Name name ? name.name() : OperationReader.EACH);
      }
    }
    return steps;
  }
}
