package dev.vams.migration.core.json;

import dev.vams.migration.core.plan.Problem;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with one document, so that the user sees all of it at once. */
final class Problems {

  private final List<Problem> problems = new ArrayList<>();

  void add(String where, String what, String remedy) {
    problems.add(new Problem(Problem.Kind.INPUT, where, what, remedy));
  }

  boolean isEmpty() {
    return problems.isEmpty();
  }

  List<Problem> toList() {
    return List.copyOf(problems);
  }
}
