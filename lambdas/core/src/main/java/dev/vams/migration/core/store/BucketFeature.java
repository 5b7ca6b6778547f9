package dev.vams.migration.core.store;

/** What a bucket can have switched on so that its objects hold what a copy does not carry. */
public enum BucketFeature {
  /** Objects may have grants of their own: the bucket's owner does not own all objects. */
  ACLS("access control lists"),
  /** Objects may be retained, or held legally. */
  OBJECT_LOCK("Object Lock"),
  /** The bucket is a website: that an object redirects to another place has an effect. */
  WEBSITE("website hosting");

  private final String words;

  BucketFeature(String words) {
    this.words = words;
  }

  /** What people call it. */
  public String words() {
    return words;
  }
}
