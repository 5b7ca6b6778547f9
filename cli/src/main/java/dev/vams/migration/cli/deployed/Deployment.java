package dev.vams.migration.cli.deployed;

import java.util.List;
import java.util.Optional;

/**
 * The workflow as it is deployed in one account and region: a state machine and its work bucket.
 * Runs are named by the names of their executions.
 *
 * <p>Every method but the first two calls a service, waits for its answer, and throws {@link
 * DeploymentException} when the answer is not what was asked for. What a service says is at times a
 * few seconds old.
 */
public interface Deployment {

  /** The bucket in which its runs keep their files. */
  String workBucket();

  /** The ARN of a run's execution, whether there is such a run or not. */
  String executionArn(String run);

  /**
   * Starts a run.
   *
   * @param run its name, which no other run has
   * @param input the execution's input: JSON, at most 262,144 bytes in UTF-8 (<a
   *     href="https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html">Quotas</a>)
   */
  void start(String run, String input);

  /** How a run ended; empty while it goes on. */
  Optional<ExecutionEnd> end(String run);

  /** The Maps that a run has started, the first one first. */
  List<MapRun> mapRuns(String run);

  /** How far a Map is. */
  MapProgress progress(MapRun map);

  /**
   * Sets how many units a Map does at once from now on. Units that are being done are not
   * interrupted.
   *
   * @param map one that is open
   * @param maxConcurrency at least 1
   */
  void limit(MapRun map, int maxConcurrency);
}
