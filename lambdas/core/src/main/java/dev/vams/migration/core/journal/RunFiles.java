package dev.vams.migration.core.journal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Where a run's files are in the work bucket.
 *
 * @param run the run's name
 */
public record RunFiles(String run) {

  /** Everything that the run wrote. */
  public String folder() {
    return "runs/" + run + "/";
  }

  /** The plan. */
  public String plan() {
    return folder() + "plan.json";
  }

  /** Why the run was stopped; there only if it was. */
  public String stop() {
    return folder() + "stop.json";
  }

  /** The units of a phase, one a line. */
  public String units(String phase) {
    return folder() + "units-" + phase + ".jsonl";
  }

  /** A unit's done marker. */
  public String done(String unit) {
    return folder() + "done/" + unit + ".json";
  }

  /** A unit's newest copy cursor. */
  public String checkpoint(String unit) {
    return folder() + "checkpoints/" + unit + ".json";
  }

  /** How a unit was split. */
  public String split(String unit) {
    return folder() + "splits/" + unit + ".json";
  }

  /** What the comparison of a unit found. */
  public String compared(String unit) {
    return folder() + "compared/" + unit + ".json";
  }

  /** The folder of a unit's failure log. */
  public String failures(String unit) {
    return folder() + "failures/" + unit + "/";
  }

  /** The folder of all failure logs. */
  public String failures() {
    return folder() + "failures/";
  }

  /** The folder of a unit's log of what was not carried. */
  public String notCarried(String unit) {
    return folder() + "not-carried/" + unit + "/";
  }

  /** The folder of all logs of what was not carried. */
  public String notCarried() {
    return folder() + "not-carried/";
  }

  /** The folder of a unit's log of what was deleted. */
  public String deletions(String unit) {
    return deletions() + unit + "/";
  }

  /** The folder of all logs of what was deleted, or would be. */
  public String deletions() {
    return folder() + "deletions/";
  }

  /** The folder of a unit's log of archived objects that were left. */
  public String archived(String unit) {
    return archived() + unit + "/";
  }

  /** The folder of all logs of archived objects that were left. */
  public String archived() {
    return folder() + "archived/";
  }

  /** The folder of a unit's version map. */
  public String versions(String unit) {
    return folder() + "versions/" + unit + "/";
  }

  /** The folder of a unit's mismatch log. */
  public String mismatches(String unit) {
    return folder() + "mismatches/" + unit + "/";
  }

  /** The folder of all mismatch logs. */
  public String mismatches() {
    return folder() + "mismatches/";
  }

  /** The folder of what Step Functions writes of each child workflow. */
  public String results() {
    return folder() + "results/";
  }

  /** The report for programs. */
  public String reportJson() {
    return folder() + "report.json";
  }

  /** The report for people. */
  public String reportText() {
    return folder() + "report.txt";
  }

  /**
   * What is known of an upload in parts to a key. It belongs to no run: the next one, whatever its
   * name, continues or aborts what an earlier one left. Keys are of any length and have any
   * characters, hence the hash.
   */
  public static String upload(String bucket, String key) {
    return "uploads/%s/%s.json".formatted(bucket, sha256(key));
  }

  private static String sha256(String text) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
