package dev.vams.migration.workflow;

/**
 * The output of the task Reconcile.
 *
 * @param units how many units are to be compared item by item
 * @param unitsKey where they are in the work bucket, one a line
 */
record ReconcileResponse(int units, String unitsKey) implements TaskResponse {

  @Override
  public String result() {
    return units + " units to be compared item by item";
  }
}
