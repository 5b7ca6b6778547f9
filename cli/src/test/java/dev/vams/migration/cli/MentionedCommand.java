package dev.vams.migration.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A command line of this program that a text shows, such as {@code vams-migrate run --dry-run}.
 *
 * @param words what follows the program's name, up to the end of the line or of the command
 */
record MentionedCommand(List<String> words) {

  /** At the beginning of a line, or as the script in the current directory. */
  private static final Pattern COMMAND =
      Pattern.compile("(?:^ *|\\./)vams-migrate((?: +[^\\s`|#;&>()]+)*)", Pattern.MULTILINE);

  private static final Pattern CONTINUED_LINE = Pattern.compile("\\\\\\R\\s*");

  /** As it is written, or followed by the punctuation of a sentence. */
  private static final Pattern VERB = Pattern.compile("([a-z][a-z-]*)[.,:]?");

  static List<MentionedCommand> in(String text) {
    return COMMAND
        .matcher(CONTINUED_LINE.matcher(text).replaceAll(" "))
        .results()
        .map(match -> match.group(1).strip())
        .map(words -> new MentionedCommand(List.of(words.split(" +"))))
        .toList();
  }

  /** Checks verb and options against the program; a word in capitals is the reader's to replace. */
  void assertExists() {
    CommandSpec spec = VamsMigrate.commandLine().getCommandSpec();
    Matcher verb = VERB.matcher(words.get(0));
    if (verb.matches()) {
      assertThat(spec.subcommands()).as("verb of %s", words).containsKey(verb.group(1));
      spec = spec.subcommands().get(verb.group(1)).getCommandSpec();
    }
    assertThat(spec.optionsMap().keySet())
        .as("options of %s", words)
        .containsAll(options().toList());
  }

  private Stream<String> options() {
    return words.stream()
        .filter(word -> word.startsWith("-"))
        .map(word -> word.replaceFirst("[=.,:\\]].*", ""));
  }
}
