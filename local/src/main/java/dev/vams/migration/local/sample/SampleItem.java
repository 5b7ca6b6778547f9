package dev.vams.migration.local.sample;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * One made-up item.
 *
 * @param table the table it is in
 * @param attributes its attributes, the keys among them
 */
record SampleItem(VamsTable table, Map<String, AttributeValue> attributes) {

  SampleItem {
    attributes = Map.copyOf(attributes);
  }
}
