package dev.vams.migration.checks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vams.migration.core.digest.ItemDigest;
import dev.vams.migration.core.json.JacksonCodec;
import dev.vams.migration.core.store.Item;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples from which others learn how to compute the digest. */
class ContentDigestTest {
  private static final Pattern EXAMPLE =
      Pattern.compile("\\| `(\\{.*\\})` \\| `([0-9a-f]{64})` \\|");

  @ParameterizedTest
  @MethodSource("examples")
  void theDocumentedExamplesAreTrue(String item, String digest) {
    Item decoded = new JacksonCodec().decode(item.getBytes(UTF_8), Item.class);

    assertThat(HexFormat.of().formatHex(new ItemDigest().of(decoded))).isEqualTo(digest);
  }

  static Stream<Arguments> examples() throws IOException {
    return Files.readString(Path.of("../docs/content-digest.md"))
        .lines()
        .map(EXAMPLE::matcher)
        .filter(Matcher::matches)
        .map(row -> Arguments.of(row.group(1), row.group(2)));
  }
}
