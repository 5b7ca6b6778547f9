package dev.vams.migration.checks.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LocalStackDefinitionTest {
  private final JsonNode definition;
  private final List<Map.Entry<String, JsonNode>> distributedMaps;

  LocalStackDefinitionTest() throws IOException {
    definition = LocalStackDefinition.read();
    distributedMaps =
        definition.get("States").properties().stream()
            .filter(
                state ->
                    state
                        .getValue()
                        .at("/ItemProcessor/ProcessorConfig/Mode")
                        .asText()
                        .equals("DISTRIBUTED"))
            .toList();
  }

  @Test
  void everyDistributedMapGetsTheItemsOfTheStateBeforeIt() {
    assertThat(distributedMaps)
        .isNotEmpty()
        .allSatisfy(
            map -> {
              JsonNode read = definition.at("/States/Read" + map.getKey());
              assertThat(read.at("/Arguments/Bucket").asText()).isNotEmpty();
              assertThat(read.at("/Assign/items").asText()).isNotEmpty();
              assertThat(read.path("Next").asText()).isEqualTo(map.getKey());
              assertThat(map.getValue().path("Items").asText()).isEqualTo("{% $items %}");
            });
  }

  @Test
  void onlyTheStateBeforeItLeadsToADistributedMap() {
    assertThat(distributedMaps)
        .extracting(Map.Entry::getKey)
        .allSatisfy(
            map -> {
              assertThat(definition.findValuesAsText("Next")).containsOnlyOnce(map);
              assertThat(definition.findValuesAsText("Default")).doesNotContain(map);
            });
  }

  @Test
  void noItemReaderOrResultWriterRemains() {
    assertThat(definition.findValues("ItemReader")).isEmpty();
    assertThat(definition.findValues("ResultWriter")).isEmpty();
  }
}
