package dev.vams.migration.cli;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Commands for the user to type. */
final class ShellLine {

  /** How this program was called; the script {@code vams-migrate} sets it. */
  private static final String COMMAND = "vams.migrate.command";

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=@%+,-]+");

  private ShellLine() {}

  /** A command of this program with its arguments. */
  static String of(String... arguments) {
    return quoted(System.getProperty(COMMAND, "vams-migrate"))
        + Arrays.stream(arguments)
            .map(argument -> " " + quoted(argument))
            .collect(Collectors.joining());
  }

  /** A word as a POSIX shell takes it for one word. */
  static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
