package dev.vams.migration.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documentation tells people to type can be typed. */
class DocumentedCommandsTest {
  private static final Path ROOT = Path.of("..");
  private static final Path README = ROOT.resolve("README.md");

  static List<Path> pages() throws IOException {
    Path docs = ROOT.resolve("docs");
    if (Files.notExists(docs)) {
      return List.of(README);
    }
    try (Stream<Path> files = Files.walk(docs)) {
      return Stream.concat(
              Stream.of(README), files.filter(file -> file.toString().endsWith(".md")).sorted())
          .toList();
    }
  }

  @Test
  void readmeShowsHowToBegin() throws IOException {
    assertThat(MentionedCommand.in(Files.readString(README)))
        .contains(new MentionedCommand(List.of("demo")));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyCommandAndOptionExists(Path page) throws IOException {
    assertThat(MentionedCommand.in(Files.readString(page)))
        .allSatisfy(MentionedCommand::assertExists);
  }
}
