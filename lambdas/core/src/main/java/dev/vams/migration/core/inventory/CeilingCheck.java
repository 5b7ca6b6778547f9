package dev.vams.migration.core.inventory;

import dev.vams.migration.core.plan.MigrationPlan.Ceilings;
import dev.vams.migration.core.plan.Problem;
import dev.vams.migration.core.plan.TablePair;
import dev.vams.migration.core.plan.UnitCeiling;
import dev.vams.migration.core.plan.UnitCeiling.Scale;
import dev.vams.migration.core.store.TableFacts;
import dev.vams.migration.core.store.TableFacts.Capacity;
import java.util.List;
import java.util.Optional;

/** Turns the ceilings of a pair into units. */
final class CeilingCheck {
  private final String path;
  private final List<Problem> problems;

  /**
   * @param path of the pair in the schema
   * @param problems takes what is found
   */
  CeilingCheck(String path, List<Problem> problems) {
    this.path = path;
    this.problems = problems;
  }

  /** The ceilings in units; those that have a problem are left out. */
  Ceilings resolve(TablePair pair, TableFacts source, TableFacts target) {
    String reads = path + ".maxReadUnitsPerSecond";
    Optional<Double> sourceReads =
        units(
            pair.maxReadUnitsPerSecond(),
            source.capacity(),
            source.capacity().readUnits(),
            pair.from(),
            reads);
    Optional<Double> targetReads =
        sourceReads.isEmpty()
            ? Optional.empty()
            : units(
                pair.maxReadUnitsPerSecond(),
                target.capacity(),
                target.capacity().readUnits(),
                pair.to(),
                reads);
    Optional<Double> targetWrites =
        units(
            pair.maxWriteUnitsPerSecond(),
            target.capacity(),
            target.capacity().writeUnits(),
            pair.to(),
            path + ".maxWriteUnitsPerSecond");
    return new Ceilings(sourceReads, targetReads, targetWrites);
  }

  private Optional<Double> units(
      Optional<UnitCeiling> ceiling,
      Capacity capacity,
      long provisioned,
      String table,
      String place) {
    if (ceiling.isEmpty()) {
      return Optional.empty();
    }
    if (ceiling.get().scale() == Scale.PERCENT && provisioned == 0) {
      problems.add(
          new Problem(
              Problem.Kind.INPUT,
              place,
              "%s of nothing: table '%s' is %s"
                  .formatted(
                      ceiling.get(),
                      table,
                      capacity.isOnDemand()
                          ? "on demand and has no maximum throughput"
                          : "provisioned with no units"),
              "Write a number of units."));
      return Optional.empty();
    }
    return Optional.of(ceiling.get().units(provisioned));
  }
}
