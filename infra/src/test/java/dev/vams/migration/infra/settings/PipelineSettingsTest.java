package dev.vams.migration.infra.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PipelineSettingsTest {
  private static final String CONNECTION =
      "arn:aws:codeconnections:eu-west-1:111122223333:connection/0a1b-2c3d";

  private final Map<String, Object> context = new HashMap<>();

  @BeforeEach
  void fillContext() {
    context.put("schema", "config/mine.json");
    context.put("pipelineConnection", CONNECTION);
    context.put("pipelineRepository", "team/vams");
  }

  @Test
  void areThoseOfTheMainBranchByDefault() {
    assertThat(PipelineSettings.from(context::get))
        .contains(new PipelineSettings(CONNECTION, "team", "vams", "main", "config/mine.json"));

    context.put("pipelineBranch", "release");
    assertThat(PipelineSettings.from(context::get).orElseThrow().branch()).isEqualTo("release");
  }

  @Test
  void areNoneWithoutAConnection() {
    context.remove("pipelineConnection");

    assertThat(PipelineSettings.from(context::get)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "pipelineConnection, arn:aws:codeconnections:eu-west-1:111122223333:connection/*, write the ARN of a connection",
    "pipelineRepository, vams, pass it with -c pipelineRepository=<owner>/<name>",
    "schema, 'a.json,b.json', one migration schema of its repository",
    "schema, /home/a.json, one migration schema of its repository"
  })
  void refuseWhatAPipelineCannotUse(String key, String value, String reason) {
    context.put(key, value);

    assertThatThrownBy(() -> PipelineSettings.from(context::get))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(reason);
  }
}
