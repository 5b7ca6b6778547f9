package dev.vams.migration.core.plan;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * One table whose items are copied to another table.
 *
 * @param descriptor what the table is for, unique among the tables of a schema
 * @param from the source table's name
 * @param to the target table's name; it may equal {@code from} when the regions differ
 * @param renames attributes that get another name on the way, in the order of the schema; empty
 *     when none does. No name is renamed twice, and none is both the end and the start of a rename,
 *     so the order does not matter.
 * @param transform what changes after the renames, in this order
 * @param ifTargetNotEmpty what happens to items that the target already holds; empty for what the
 *     options say
 * @param maxReadUnitsPerSecond how many read units of each of the two tables the workers use within
 *     a second, all together; empty for as many as the service gives
 * @param maxWriteUnitsPerSecond how many write units of the target; empty likewise
 */
public record TablePair(
    String descriptor,
    String from,
    String to,
    List<Rename> renames,
    List<Operation> transform,
    Optional<IfTargetNotEmpty> ifTargetNotEmpty,
    Optional<UnitCeiling> maxReadUnitsPerSecond,
    Optional<UnitCeiling> maxWriteUnitsPerSecond) {

  /**
   * Checks the texts and takes copies of the lists.
   *
   * @throws IllegalArgumentException when a text is blank
   */
  public TablePair {
    Names.requireText(descriptor, "descriptor");
    Names.requireText(from, "from");
    Names.requireText(to, "to");
    renames = List.copyOf(renames);
    transform = List.copyOf(transform);
    requireNonNull(ifTargetNotEmpty, "ifTargetNotEmpty");
    requireNonNull(maxReadUnitsPerSecond, "maxReadUnitsPerSecond");
    requireNonNull(maxWriteUnitsPerSecond, "maxWriteUnitsPerSecond");
  }

  /** A pair that does as the options say, as fast as the service lets it. */
  public TablePair(String descriptor, String from, String to, List<Rename> renames) {
    this(
        descriptor,
        from,
        to,
        renames,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The same pair with these operations. */
  public TablePair with(List<Operation> operations) {
    return new TablePair(
        descriptor,
        from,
        to,
        renames,
        operations,
        ifTargetNotEmpty,
        maxReadUnitsPerSecond,
        maxWriteUnitsPerSecond);
  }

  /** The same pair, as fast as the service lets it. */
  public TablePair withoutCeilings() {
    return new TablePair(
        descriptor,
        from,
        to,
        renames,
        transform,
        ifTargetNotEmpty,
        Optional.empty(),
        Optional.empty());
  }

  /**
   * Whether items are put one by one, on the condition that their keys are free: to keep what is
   * there, or to notice that two items of the source have the same key.
   *
   * @param changesKeys whether items may have other keys at the target
   */
  public boolean putsConditionally(Options options, boolean changesKeys) {
    IfTargetNotEmpty policy = policy(options);
    return policy == IfTargetNotEmpty.MERGE || (policy == IfTargetNotEmpty.FAIL && changesKeys);
  }

  /** Whether items are deleted that only the target has. */
  public boolean deletesExtraneous(Options options) {
    return options.deleteExtraneous() && policy(options) == IfTargetNotEmpty.SYNC;
  }

  /** What happens to items that the target already holds. */
  public IfTargetNotEmpty policy(Options options) {
    return ifTargetNotEmpty.orElse(options.ifTargetNotEmpty());
  }
}
