package dev.vams.migration.core.json;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The naming rules of general purpose buckets, from the <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html">S3 User
 * Guide</a>.
 */
final class BucketNameRules {

  private static final Pattern CHARACTERS = Pattern.compile("[a-z0-9.-]*");
  private static final Pattern ENDS = Pattern.compile("[a-z0-9](.*[a-z0-9])?");
  private static final Pattern INTERNET_ADDRESS = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");
  private static final List<String> RESERVED_STARTS = List.of("xn--", "sthree-", "amzn-s3-demo-");
  private static final List<String> RESERVED_ENDS =
      List.of("-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3");

  private BucketNameRules() {}

  /** The first rule that a name breaks, as the end of "a bucket name ...". */
  static Optional<String> broken(String name) {
    if (name.length() < 3 || name.length() > 63) {
      return Optional.of("has 3 to 63 characters");
    }
    if (!CHARACTERS.matcher(name).matches()) {
      return Optional.of("has only lower-case letters, digits, dots and hyphens");
    }
    if (!ENDS.matcher(name).matches()) {
      return Optional.of("begins and ends with a letter or digit");
    }
    if (name.contains("..")) {
      return Optional.of("has no two dots in a row");
    }
    if (INTERNET_ADDRESS.matcher(name).matches()) {
      return Optional.of("is not formatted as an IP address");
    }
    return reserved(name);
  }

  private static Optional<String> reserved(String name) {
    Optional<String> start =
        RESERVED_STARTS.stream()
            .filter(name::startsWith)
            .findFirst()
            .map(
                reserved -> "does not start with " + Quoted.text(reserved) + ", which S3 reserves");
    return start.or(
        () ->
            RESERVED_ENDS.stream()
                .filter(name::endsWith)
                .findFirst()
                .map(
                    reserved ->
                        "does not end with "
                            + Quoted.text(reserved)
                            + ", which S3 reserves for access points and other kinds of buckets"));
  }
}
