package dev.vams.migration.cli.deployed;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A deployment with one run, whose state the test sets. It remembers when it was asked what. */
public final class FakeDeployment implements Deployment {
  public static final String EXECUTION = "arn:aws:states:eu-west-1:123456789012:execution:Vams:";

  private final InstantSource clock;
  private final List<Asked> asked = new ArrayList<>();
  private final Map<MapRun, MapProgress> maps = new LinkedHashMap<>();
  private final Deque<DeploymentException> errors = new ArrayDeque<>();
  private Optional<ExecutionEnd> end = Optional.empty();
  private String input = "";

  /** One call, such as {@code progress CopyPhase}. */
  public record Asked(Instant at, String call) {}

  public FakeDeployment(InstantSource clock) {
    this.clock = clock;
  }

  /** A Map has come so far; one that is not known yet starts now. */
  public void map(String name, MapProgress progress) {
    put(name, true, progress);
  }

  /** A Map ends so. */
  public void mapEnds(String name, MapProgress progress) {
    put(name, false, progress);
  }

  private void put(String name, boolean open, MapProgress progress) {
    Instant start =
        maps.keySet().stream()
            .filter(map -> map.name().equals(name))
            .map(MapRun::startedAt)
            .findFirst()
            .orElseGet(clock::instant);
    maps.keySet().removeIf(map -> map.name().equals(name));
    maps.put(new MapRun("arn:" + name, name, start, open), progress);
  }

  public void ends(ExecutionEnd how) {
    end = Optional.of(how);
  }

  /** The next call but {@link #start} fails. */
  public void fail(DeploymentException.Reason reason, String message) {
    errors.add(new DeploymentException(reason, message));
  }

  public List<Asked> asked() {
    return List.copyOf(asked);
  }

  /** The calls without their times. */
  public List<String> calls() {
    return asked.stream().map(Asked::call).toList();
  }

  /** The input of the execution. */
  public String input() {
    return input;
  }

  @Override
  public String workBucket() {
    return "work-bucket";
  }

  @Override
  public String executionArn(String run) {
    return EXECUTION + run;
  }

  @Override
  public void start(String run, String executionInput) {
    asked.add(new Asked(clock.instant(), "start " + run));
    input = executionInput;
  }

  @Override
  public Optional<ExecutionEnd> end(String run) {
    ask("end");
    return end;
  }

  @Override
  public List<MapRun> mapRuns(String run) {
    ask("maps");
    return List.copyOf(maps.keySet());
  }

  @Override
  public MapProgress progress(MapRun map) {
    ask("progress " + map.name());
    return maps.get(map);
  }

  @Override
  public void limit(MapRun map, int maxConcurrency) {
    ask("limit %s %d".formatted(map.name(), maxConcurrency));
  }

  private void ask(String call) {
    asked.add(new Asked(clock.instant(), call));
    if (!errors.isEmpty()) {
      throw errors.remove();
    }
  }
}
