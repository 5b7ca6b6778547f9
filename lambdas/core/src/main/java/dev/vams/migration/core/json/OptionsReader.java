package dev.vams.migration.core.json;

import static dev.vams.migration.core.json.SchemaProperty.IF_TARGET_NOT_EMPTY;
import static dev.vams.migration.core.json.SchemaProperty.MAX_CONCURRENCY;
import static dev.vams.migration.core.json.SchemaProperty.MAX_REQUESTS_PER_SECOND;
import static dev.vams.migration.core.json.SchemaProperty.MODE;
import static dev.vams.migration.core.json.SchemaProperty.OF_OPTIONS;
import static dev.vams.migration.core.json.SchemaProperty.OPTIONS;
import static dev.vams.migration.core.json.SchemaProperty.ORDER;

import dev.vams.migration.core.plan.IfTargetNotEmpty;
import dev.vams.migration.core.plan.Mode;
import dev.vams.migration.core.plan.Options;
import dev.vams.migration.core.plan.Order;

/** Reads the options; what is absent, or reported as a problem, has its default. */
final class OptionsReader {

  private OptionsReader() {}

  static Options read(JsonObject document, Problems problems) {
    Options defaults = Options.defaults();
    return document
        .optionalObject(OPTIONS, "an object with options, or remove it", OF_OPTIONS)
        .map(options -> read(options, defaults, problems))
        .orElse(defaults);
  }

  private static Options read(JsonObject options, Options defaults, Problems problems) {
    return new Options(
        NamedValue.read(Mode.values(), options, MODE, problems).orElse(defaults.mode()),
        NamedValue.read(IfTargetNotEmpty.values(), options, IF_TARGET_NOT_EMPTY, problems)
            .orElse(defaults.ifTargetNotEmpty()),
        NamedValue.read(Order.values(), options, ORDER, problems).orElse(defaults.order()),
        options
            .optionalWholeNumber(
                MAX_CONCURRENCY,
                Options.MIN_CONCURRENCY,
                Options.MAX_CONCURRENCY,
                "how many units are copied at once")
            .orElse(defaults.maxConcurrency()),
        options.optionalWholeNumber(
            MAX_REQUESTS_PER_SECOND,
            1,
            Integer.MAX_VALUE,
            "how many requests a bucket pair may send to S3 in a second"));
  }
}
