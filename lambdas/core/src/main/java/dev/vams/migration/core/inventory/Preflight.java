package dev.vams.migration.core.inventory;

import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.plan.BucketPair;
import dev.vams.migration.core.plan.IfTargetNotEmpty;
import dev.vams.migration.core.plan.MigrationSchema;
import dev.vams.migration.core.plan.Mode;
import dev.vams.migration.core.plan.Problem;
import dev.vams.migration.core.plan.Rename;
import dev.vams.migration.core.plan.TablePair;
import dev.vams.migration.core.store.BucketFacts;
import dev.vams.migration.core.store.Item;
import dev.vams.migration.core.store.ItemPage;
import dev.vams.migration.core.store.Stack;
import dev.vams.migration.core.store.StoreException;
import dev.vams.migration.core.store.TableFacts;
import dev.vams.migration.core.transform.Renames;
import dev.vams.migration.core.transform.Transformed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that is checked before the first write. All checks are made, and all problems are
 * found at once.
 */
final class Preflight {
  private static final String EMPTY_OR_POLICY =
      "Empty it, or set options.ifTargetNotEmpty to MERGE or OVERWRITE; to continue a run that was"
          + " stopped, set retryOf to its name.";

  private final MigrationSchema schema;
  private final Stack source;
  private final Stack target;
  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, TableFacts> sourceTables = new LinkedHashMap<>();

  Preflight(MigrationSchema schema, Stack source, Stack target) {
    this.schema = schema;
    this.source = source;
    this.target = target;
  }

  /** Makes the checks and gives the problems, in the order of the schema. */
  List<Problem> check() {
    StackInspection from = new StackInspection("source", schema.regionFrom(), source, problems);
    StackInspection to = new StackInspection("target", schema.regionTo(), target, problems);
    for (int i = 0; i < schema.buckets().size(); i++) {
      checkBucket(
          schema.buckets().get(i), "$.VAMS_S3Bucket_Mapping[%s].buckets".formatted(i), from, to);
    }
    for (int i = 0; i < schema.tables().size(); i++) {
      checkTable(schema.tables().get(i), "$.VAMS_DynamoDBTable_Mapping[%s]".formatted(i), from, to);
    }
    return problems;
  }

  /** What was found out about the source tables, by descriptor. */
  Map<String, TableFacts> sourceTables() {
    return sourceTables;
  }

  private void checkBucket(BucketPair pair, String path, StackInspection from, StackInspection to) {
    Optional<BucketFacts> sourceFacts = from.bucket(pair.from(), path + ".from");
    Optional<BucketFacts> targetFacts = to.bucket(pair.to(), path + ".to");
    if (sourceFacts.isPresent()) {
      attempt(path + ".from", () -> isEmpty(source, pair.from()));
    }
    if (targetFacts.isPresent()) {
      attempt(path + ".to", () -> refuseObjects(pair, path + ".to"));
    }
    if (!isWriting() || sourceFacts.isEmpty() || targetFacts.isEmpty()) {
      return;
    }
    BucketFacts.Versioning wanted = sourceFacts.get().versioning();
    BucketFacts.Versioning actual = targetFacts.get().versioning();
    if (actual.compareTo(wanted) < 0) {
      input(
          path + ".to",
          "versioning of the target bucket '%s' is %s, of the source bucket '%s' it is %s"
              .formatted(pair.to(), actual, pair.from(), wanted),
          "Switch versioning of the target bucket on, so that B keeps as much history as A did.");
    }
  }

  private void refuseObjects(BucketPair pair, String path) {
    boolean isEmpty = isEmpty(target, pair.to());
    if (!isEmpty && mustBeEmpty()) {
      input(path, "the target bucket '%s' is not empty".formatted(pair.to()), EMPTY_OR_POLICY);
    }
  }

  private static boolean isEmpty(Stack stack, String bucket) {
    return InFlight.await(stack.objects().list(bucket, "", "", 1)).objects().isEmpty();
  }

  private void checkTable(TablePair pair, String path, StackInspection from, StackInspection to) {
    Optional<TableFacts> sourceFacts = from.table(pair.from(), path + ".tables.from");
    Optional<TableFacts> targetFacts = to.table(pair.to(), path + ".tables.to");
    sourceFacts.ifPresent(facts -> sourceTables.put(pair.descriptor(), facts));
    if (sourceFacts.isPresent()) {
      checkRenames(pair, path, sourceFacts.get());
    }
    if (targetFacts.isPresent()) {
      attempt(path + ".tables.to", () -> refuseItems(pair, path + ".tables.to"));
    }
    if (sourceFacts.isPresent()
        && targetFacts.isPresent()
        && !sourceFacts.get().keys().equals(targetFacts.get().keys())) {
      input(
          path + ".tables",
          "the key of '%s' is %s, the key of '%s' is %s"
              .formatted(
                  pair.from(),
                  sourceFacts.get().describeKeys(),
                  pair.to(),
                  targetFacts.get().describeKeys()),
          "Pair tables with the same key; this is probably a table of another descriptor or version.");
    }
  }

  private void checkRenames(TablePair pair, String path, TableFacts facts) {
    boolean touchesKey = false;
    for (int i = 0; i < pair.renames().size(); i++) {
      Rename rename = pair.renames().get(i);
      for (String key : facts.keyNames()) {
        if (rename.from().equals(key) || rename.to().equals(key)) {
          touchesKey = true;
          input(
              "%s.attributes[%s]".formatted(path, i),
              "'%s' is a key attribute of '%s' and cannot take part in a rename"
                  .formatted(key, pair.from()),
              "Remove this rename; the keys of both tables are the same.");
        }
      }
    }
    if (!pair.renames().isEmpty() && !touchesKey) {
      attempt(path + ".attributes", () -> refuseClashes(pair, path + ".attributes", facts));
    } else {
      attempt(path + ".tables.from", () -> InFlight.await(source.table(pair.from()).isEmpty()));
    }
  }

  /** Looks at the first page of items; the workers look at every item. */
  private void refuseClashes(TablePair pair, String path, TableFacts facts) {
    ItemPage page = InFlight.await(source.table(pair.from()).scan(0, 1, Optional.empty()));
    Renames renames = new Renames(pair.renames());
    for (Item item : page.items()) {
      if (renames.apply(item) instanceof Transformed.Clash clash) {
        input(
            path,
            "the rename of '%s' to '%s' would overwrite an attribute: in table '%s', %s (%s)"
                .formatted(
                    clash.from(),
                    clash.to(),
                    pair.from(),
                    clash.line(),
                    Item.describe(item.key(facts.keyNames()))),
            "Choose a name that no item has.");
        return;
      }
    }
  }

  private void refuseItems(TablePair pair, String path) {
    boolean isEmpty = InFlight.await(target.table(pair.to()).isEmpty());
    if (!isEmpty && mustBeEmpty()) {
      input(path, "the target table '%s' is not empty".formatted(pair.to()), EMPTY_OR_POLICY);
    }
  }

  private boolean isWriting() {
    return schema.options().mode() != Mode.VERIFY;
  }

  /** A retry's targets were found empty by the run that it retries; what is there comes from it. */
  private boolean mustBeEmpty() {
    return isWriting()
        && !schema.isRetry()
        && schema.options().ifTargetNotEmpty() == IfTargetNotEmpty.FAIL;
  }

  private void attempt(String path, Runnable check) {
    try {
      check.run();
    } catch (StoreException e) {
      problems.add(
          new Problem(
              Problem.Kind.ACCESS, path, e.getMessage(), "Allow it, and check the network."));
    }
  }

  private void input(String path, String what, String remedy) {
    problems.add(new Problem(Problem.Kind.INPUT, path, what, remedy));
  }
}
