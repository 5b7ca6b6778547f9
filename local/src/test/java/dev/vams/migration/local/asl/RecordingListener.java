package dev.vams.migration.local.asl;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what it hears, one line each. */
final class RecordingListener implements ExecutionListener {

  private final List<String> lines = new CopyOnWriteArrayList<>();

  List<String> lines() {
    return List.copyOf(lines);
  }

  /** The names of the states that were entered, in order. */
  List<String> states() {
    return lines.stream()
        .filter(line -> line.startsWith("state "))
        .map(line -> line.substring(6))
        .toList();
  }

  @Override
  public void stateEntered(String executionName, String stateName) {
    lines.add("state " + stateName);
  }

  @Override
  public void mapStarted(String mapName, long items) {
    lines.add("map " + mapName + " " + items);
  }

  @Override
  public void childSucceeded(String mapName, String childName) {
    lines.add("succeeded " + mapName);
  }

  @Override
  public void childFailed(String mapName, String childName, String error, String cause) {
    lines.add("failed " + mapName + " " + error + " " + cause);
  }

  @Override
  public void retryScheduled(
      String executionName, String stateName, String error, int retry, Duration delay) {
    lines.add("retry " + stateName + " " + error + " " + retry + " " + delay);
  }
}
