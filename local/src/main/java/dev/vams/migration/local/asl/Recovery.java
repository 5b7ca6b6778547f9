package dev.vams.migration.local.asl;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a state does about errors: the first retrier that matches and has retries left, else the
 * first catcher that matches.
 */
record Recovery(List<Retrier> retriers, List<Catcher> catchers) {

  List<Exit> exitsWith(Exit exit) {
    return Stream.concat(Stream.of(exit), catchers.stream().map(Catcher::exit)).toList();
  }

  Optional<Catcher> catcherOf(StateError error) {
    return catchers.stream().filter(catcher -> error.matches(catcher.errorEquals())).findFirst();
  }
}
