package dev.vams.migration.cli.deployed;

import java.time.Instant;

/**
 * A Map that a run has started.
 *
 * @param arn what Step Functions calls it
 * @param name the name of its state in the workflow, such as {@code CopyPhase}
 * @param open whether it goes on
 */
public record MapRun(String arn, String name, Instant startedAt, boolean open) {}
