package dev.vams.migration.local.asl;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a definition, so that all of it can be told at once. */
final class Problems {

  private final List<String> problems = new ArrayList<>();

  void add(String path, String problem) {
    problems.add(path + ": " + problem);
  }

  void throwIfAny() {
    if (!problems.isEmpty()) {
      throw new InvalidDefinitionException(problems);
    }
  }
}
