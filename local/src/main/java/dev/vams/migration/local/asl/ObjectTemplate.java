package dev.vams.migration.local.asl;

/**
 * Where an object, or a prefix of objects, is: the Arguments of an item reader or a result writer.
 */
record ObjectTemplate(Template bucket, Template key) {

  /** A place, evaluated. */
  record Place(String bucket, String key) {
    @Override
    public String toString() {
      return "s3://" + bucket + "/" + key;
    }
  }

  Place evaluate(Scope scope) throws StateError {
    return new Place(
        bucket.evaluateText(scope, "Bucket"), key.evaluateText(scope, "Key or Prefix"));
  }
}
