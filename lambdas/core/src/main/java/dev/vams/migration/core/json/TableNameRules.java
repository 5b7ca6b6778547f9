package dev.vams.migration.core.json;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The naming rules of tables, from the <a
 * href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html">DynamoDB
 * Developer Guide</a>.
 */
final class TableNameRules {

  private static final Pattern CHARACTERS = Pattern.compile("[A-Za-z0-9_.-]*");

  private TableNameRules() {}

  /** The first rule that a name breaks, as the end of "a table name ...". */
  static Optional<String> broken(String name) {
    if (name.length() < 3 || name.length() > 255) {
      return Optional.of("has 3 to 255 characters");
    }
    if (!CHARACTERS.matcher(name).matches()) {
      return Optional.of("has only letters, digits, underscores, dots and hyphens");
    }
    return Optional.empty();
  }
}
