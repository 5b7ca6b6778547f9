package dev.vams.migration.core.json;

import com.fasterxml.jackson.core.JsonStreamContext;
import java.util.regex.Pattern;

/** Names a place in a document, such as {@code $.VAMS_S3Bucket_Mapping[1].buckets.to}. */
final class JsonPath {

  static final String ROOT = "$";

  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_$-]+");

  private JsonPath() {}

  static String property(String parent, String name) {
    return PLAIN_NAME.matcher(name).matches()
        ? parent + "." + name
        : parent + "['" + name.replace("\\", "\\\\").replace("'", "\\'") + "']";
  }

  static String element(String parent, int index) {
    return parent + "[" + index + "]";
  }

  /** The place that a parser has reached. */
  static String of(JsonStreamContext context) {
    if (context == null || context.inRoot()) {
      return ROOT;
    }
    String parent = of(context.getParent());
    return context.inArray()
        ? element(parent, context.getCurrentIndex())
        : property(parent, context.getCurrentName());
  }
}
