package dev.vams.migration.local.asl;

/**
 * What a run is called. The identifiers have the form of ARNs, of an account that cannot exist.
 *
 * @param machine the machine's name; a Map's children have their own, {@code machine/label}
 * @param name the execution's name
 */
record Identity(String machine, String name) {

  private static final String ARN_PREFIX = "arn:aws:states:local:000000000000:";

  String id() {
    return ARN_PREFIX + "execution:" + machine + ":" + name;
  }

  String machineId() {
    return ARN_PREFIX + "stateMachine:" + machine;
  }

  /**
   * The identifier of one run of a Map, whose children are {@link #childOf children of} this
   * execution.
   */
  String mapRunId(String label, String mapRun) {
    return ARN_PREFIX + "mapRun:" + machine + "/" + label + ":" + mapRun;
  }

  Identity childOf(String label, String child) {
    return new Identity(machine + "/" + label, child);
  }
}
