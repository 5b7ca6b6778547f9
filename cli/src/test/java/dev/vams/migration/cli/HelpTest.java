package dev.vams.migration.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class HelpTest {

  static Stream<String> verbs() {
    return VamsMigrate.commandLine().getSubcommands().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void everyVerbHasExamplesAndExitCodesInItsHelp(String verb) {
    assertThat(printed(verb, "--help"))
        .containsPattern("Examples?:\\R +vams-migrate " + verb)
        .containsPattern("Exit codes:\\R +\\d ");
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void everyOptionOfEveryVerbIsDescribed(String verb) {
    assertThat(spec(verb).options())
        .allSatisfy(
            option -> assertThat(option.description()).as(option.longestName()).isNotEmpty());
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void firstLineOfADescriptionIsAWholeSentenceBecauseTheListOfVerbsShowsItAlone(String verb) {
    assertThat(spec(verb).usageMessage().description()[0]).endsWith(".");
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void examplesUseOnlyWhatExists(String verb) {
    assertThat(MentionedCommand.in(String.join("\n", spec(verb).usageMessage().footer())))
        .isNotEmpty()
        .allSatisfy(MentionedCommand::assertExists);
  }

  @Test
  void helpOfTheProgramNamesEveryVerb() {
    assertThat(printed("--help")).contains(verbs().toList());
  }

  @Test
  void versionIsThatOfThePom() throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    Matcher version =
        Pattern.compile("<parent>.*?<version>(.*?)</version>", Pattern.DOTALL).matcher(pom);
    assertThat(version.find()).isTrue();

    assertThat(printed("--version").strip()).isEqualTo("vams-migrate " + version.group(1));
  }

  private static CommandSpec spec(String verb) {
    return VamsMigrate.commandLine().getSubcommands().get(verb).getCommandSpec();
  }

  private static String printed(String... arguments) {
    StringWriter out = new StringWriter();
    CommandLine commandLine = VamsMigrate.commandLine();
    commandLine.setOut(new PrintWriter(out));
    assertThat(commandLine.execute(arguments)).isZero();
    return out.toString();
  }
}
