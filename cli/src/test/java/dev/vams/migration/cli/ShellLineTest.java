package dev.vams.migration.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShellLineTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      value = {
        "schema.json, vams-migrate run schema.json",
        "../a/b_c-1.json, vams-migrate run ../a/b_c-1.json",
        "my schema.json, vams-migrate run 'my schema.json'",
        "o'clock, vams-migrate run 'o'\\''clock'",
        "$HOME, vams-migrate run '$HOME'"
      })
  void wordsThatAShellWouldReadOtherwiseAreQuoted(String word, String line) {
    assertThat(ShellLine.of("run", word)).isEqualTo(line);
  }
}
