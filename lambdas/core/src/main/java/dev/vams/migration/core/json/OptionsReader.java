package dev.vams.migration.core.json;

import static dev.vams.migration.core.json.SchemaProperty.ARCHIVED;
import static dev.vams.migration.core.json.SchemaProperty.DELETE_EXTRANEOUS;
import static dev.vams.migration.core.json.SchemaProperty.IF_TARGET_NOT_EMPTY;
import static dev.vams.migration.core.json.SchemaProperty.MAX_CONCURRENCY;
import static dev.vams.migration.core.json.SchemaProperty.MAX_REQUESTS_PER_SECOND;
import static dev.vams.migration.core.json.SchemaProperty.MODE;
import static dev.vams.migration.core.json.SchemaProperty.OF_OPTIONS;
import static dev.vams.migration.core.json.SchemaProperty.OPTIONS;
import static dev.vams.migration.core.json.SchemaProperty.ORDER;
import static dev.vams.migration.core.json.SchemaProperty.RESTORE_DAYS;
import static dev.vams.migration.core.json.SchemaProperty.RESTORE_TIER;

import dev.vams.migration.core.plan.IfArchived;
import dev.vams.migration.core.plan.IfTargetNotEmpty;
import dev.vams.migration.core.plan.Mode;
import dev.vams.migration.core.plan.Options;
import dev.vams.migration.core.plan.Order;
import dev.vams.migration.core.store.Restore;
import java.util.List;

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
    IfTargetNotEmpty policy =
        NamedValue.read(IfTargetNotEmpty.values(), options, IF_TARGET_NOT_EMPTY, problems)
            .orElse(defaults.ifTargetNotEmpty());
    IfArchived archived =
        NamedValue.read(IfArchived.values(), options, ARCHIVED, problems)
            .orElse(defaults.archived());
    return new Options(
        NamedValue.read(Mode.values(), options, MODE, problems).orElse(defaults.mode()),
        policy,
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
            "how many requests a bucket pair may send to S3 in a second"),
        deleteExtraneous(options, policy, problems),
        archived,
        restore(options, archived, defaults.restore(), problems));
  }

  private static Restore restore(
      JsonObject options, IfArchived archived, Restore defaults, Problems problems) {
    if (archived != IfArchived.RESTORE) {
      for (String property : List.of(RESTORE_TIER, RESTORE_DAYS)) {
        if (options.has(property)) {
          problems.add(
              options.pathOf(property),
              "nothing is restored unless \"archived\" is \"RESTORE\"",
              "Add \"archived\": \"RESTORE\", or remove it.");
        }
      }
      return defaults;
    }
    return new Restore(
        NamedValue.read(Restore.Tier.values(), options, RESTORE_TIER, problems)
            .orElse(defaults.tier()),
        options
            .optionalWholeNumber(
                RESTORE_DAYS,
                Restore.MIN_DAYS,
                Restore.MAX_DAYS,
                "how many days restored objects can be read")
            .orElse(defaults.days()));
  }

  private static boolean deleteExtraneous(
      JsonObject options, IfTargetNotEmpty policy, Problems problems) {
    boolean isWanted =
        options
            .optionalTruth(
                DELETE_EXTRANEOUS, "true to delete objects that only the target has, or false")
            .orElse(false);
    if (isWanted && policy == IfTargetNotEmpty.FAIL) {
      problems.add(
          options.pathOf(DELETE_EXTRANEOUS),
          "true, although \"ifTargetNotEmpty\" is \"FAIL\", which wants targets without objects",
          "Write \"ifTargetNotEmpty\": \"SYNC\" to make the targets mirror their sources, or"
              + " remove it.");
      return false;
    }
    return isWanted;
  }
}
