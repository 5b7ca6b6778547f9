package dev.vams.migration.core.store;

import java.util.Comparator;

/**
 * The order of S3 listings: ascending UTF-8 bytes (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/ListingKeysUsingAPIs.html">Listing
 * object keys</a>). It equals the order of code points, which {@link String#compareTo} does not
 * keep for characters beyond the basic plane.
 */
public enum KeyOrder implements Comparator<String> {
  /** The one order. */
  UTF_8;

  @Override
  public int compare(String left, String right) {
    int length = Math.min(left.length(), right.length());
    for (int i = 0; i < length; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        boolean aIsSurrogate = Character.isSurrogate(a);
        if (aIsSurrogate != Character.isSurrogate(b)) {
          return aIsSurrogate ? 1 : -1;
        }
        return Character.compare(a, b);
      }
    }
    return Integer.compare(left.length(), right.length());
  }
}
