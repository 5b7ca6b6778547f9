package dev.vams.migration.core.inventory;

import dev.vams.migration.core.limit.Deadline;
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
import dev.vams.migration.core.store.ObjectSummary;
import dev.vams.migration.core.store.Stack;
import dev.vams.migration.core.store.StoreError;
import dev.vams.migration.core.store.StoreException;
import dev.vams.migration.core.store.TableFacts;
import dev.vams.migration.core.transform.Renames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Everything that is checked before the first write. All checks are made, and all problems are
 * found at once.
 */
final class Preflight {
  private static final String EMPTY_OR_POLICY =
      "Empty it, or set options.ifTargetNotEmpty to MERGE or OVERWRITE; to continue a run that was"
          + " stopped, set retryOf to its name.";

  private static final String READ_SOURCE = "s3:ListBucket, s3:GetObject and s3:GetObjectTagging";
  private static final String READ_TARGET = "s3:ListBucket and s3:GetObject";
  private static final String WRITE_OBJECTS =
      "s3:PutObject, s3:PutObjectTagging and s3:AbortMultipartUpload";
  private static final String SCAN_ITEMS = "dynamodb:Scan";
  private static final String READ_ITEMS = "dynamodb:Scan and dynamodb:BatchGetItem";
  private static final String WRITE_ITEMS = "dynamodb:BatchWriteItem and dynamodb:PutItem";

  /** S3 and DynamoDB name the key in their refusal when its use is what was not allowed. */
  private static final Pattern KMS_KEY =
      Pattern.compile("arn:[a-z-]+:kms:[a-z0-9-]+:\\d+:key/\\S*\\w");

  private final MigrationSchema schema;
  private final Stack source;
  private final Stack target;
  private final Deadline deadline;
  private final RandomGenerator random;
  private final List<Problem> problems = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final Map<String, TableFacts> sourceTables = new LinkedHashMap<>();

  /**
   * @param deadline when looking through large tables has to end
   * @param random makes keys that no item has
   */
  Preflight(
      MigrationSchema schema,
      Stack source,
      Stack target,
      Deadline deadline,
      RandomGenerator random) {
    this.schema = schema;
    this.source = source;
    this.target = target;
    this.deadline = deadline;
    this.random = random;
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

  /** What the operator should know although nothing is wrong, in whole sentences. */
  List<String> notes() {
    return notes;
  }

  /** What was found out about the source tables, by descriptor. */
  Map<String, TableFacts> sourceTables() {
    return sourceTables;
  }

  private void checkBucket(BucketPair pair, String path, StackInspection from, StackInspection to) {
    Optional<BucketFacts> sourceFacts = from.bucket(pair.from(), path + ".from");
    Optional<BucketFacts> targetFacts = to.bucket(pair.to(), path + ".to");
    if (sourceFacts.isPresent()) {
      attempt(path + ".from", READ_SOURCE, () -> checkObjects(source, pair.from(), isWriting()));
    }
    if (targetFacts.isPresent()) {
      attempt(path + ".to", READ_TARGET, () -> refuseObjects(pair, path + ".to"));
      if (isWriting()) {
        attempt(
            path + ".to",
            WRITE_OBJECTS,
            () -> InFlight.await(target.objects().tryWrite(pair.to())));
      }
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
    boolean isEmpty = checkObjects(target, pair.to(), false);
    if (!isEmpty && mustBeEmpty()) {
      input(path, "the target bucket '%s' is not empty".formatted(pair.to()), EMPTY_OR_POLICY);
    }
  }

  /** Tries to read the first object, and says whether there is none. */
  private static boolean checkObjects(Stack stack, String bucket, boolean withTags) {
    List<ObjectSummary> first = InFlight.await(stack.objects().list(bucket, "", "", 1)).objects();
    for (ObjectSummary object : first) {
      InFlight.await(stack.objects().tryRead(bucket, object.key()));
      if (withTags) {
        InFlight.await(stack.objects().tryReadTags(bucket, object.key()));
      }
    }
    return first.isEmpty();
  }

  private void checkTable(TablePair pair, String path, StackInspection from, StackInspection to) {
    Optional<TableFacts> sourceFacts = from.table(pair.from(), path + ".tables.from");
    Optional<TableFacts> targetFacts = to.table(pair.to(), path + ".tables.to");
    sourceFacts.ifPresent(facts -> sourceTables.put(pair.descriptor(), facts));
    if (sourceFacts.isPresent()) {
      checkRenames(pair, path, sourceFacts.get());
    }
    if (targetFacts.isPresent()) {
      Item absentKey = new AbsentKey(random).of(targetFacts.get());
      attempt(
          path + ".tables.to",
          READ_ITEMS,
          () -> {
            refuseItems(pair, path + ".tables.to");
            InFlight.await(target.table(pair.to()).getAll(List.of(absentKey)));
          });
      if (isWriting()) {
        attempt(path + ".tables.to", WRITE_ITEMS, () -> tryWrite(pair.to(), absentKey));
      }
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
        if (key.equals(rename.from()) || key.equals(rename.to())) {
          touchesKey = true;
          input(
              "%s.attributes[%s]".formatted(path, i),
              "'%s' is a key attribute of '%s' and cannot take part in a rename"
                  .formatted(key, pair.from()),
              "Remove this rename; the keys of both tables are the same.");
        }
      }
    }
    // A retry has the renames of its run, which made the search.
    boolean mustSearch =
        isWriting() && !schema.isRetry() && !pair.renames().isEmpty() && !touchesKey;
    attempt(
        path + ".tables.from",
        SCAN_ITEMS,
        () -> {
          if (mustSearch) {
            refuseClashes(pair, path + ".attributes", facts);
          } else {
            InFlight.await(source.table(pair.from()).isEmpty());
          }
        });
  }

  private void refuseClashes(TablePair pair, String path, TableFacts facts) {
    ClashSearch.Outcome outcome =
        new ClashSearch(source.table(pair.from()), facts, new Renames(pair.renames()))
            .search(deadline);
    if (outcome instanceof ClashSearch.Outcome.Found found) {
      input(
          path,
          "the rename of '%s' to '%s' would overwrite an attribute: in table '%s', %s (%s)"
              .formatted(
                  found.clash().from(),
                  found.clash().to(),
                  pair.from(),
                  found.clash().line(),
                  Item.describe(found.key())),
          "Choose a name that no item has.");
    } else if (outcome instanceof ClashSearch.Outcome.Unfinished unfinished) {
      notes.add(
          String.format(
              Locale.ROOT,
              "Table '%s' was not looked through to its end before the copy (%s): %,d of its items were"
                  + " checked for attributes that a rename would overwrite. An item further on that"
                  + " has both names is reported as failed.",
              pair.from(),
              unfinished.reason(),
              unfinished.items()));
    }
  }

  private void refuseItems(TablePair pair, String path) {
    boolean isEmpty = InFlight.await(target.table(pair.to()).isEmpty());
    if (!isEmpty && mustBeEmpty()) {
      input(path, "the target table '%s' is not empty".formatted(pair.to()), EMPTY_OR_POLICY);
    }
  }

  private void tryWrite(String table, Item absentKey) {
    InFlight.await(
        schema.options().ifTargetNotEmpty() == IfTargetNotEmpty.MERGE
            ? target.table(table).tryPutIfAbsent(absentKey)
            : target.table(table).tryPutAll(absentKey));
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

  /**
   * Makes a check, and turns a service's refusal into a problem. That a service asks for less, or
   * does not answer for once, is none: the workflow repeats the task.
   *
   * @param permissions what the check needs
   */
  private void attempt(String path, String permissions, Runnable check) {
    try {
      check.run();
    } catch (StoreException e) {
      if (e.error().scope() == StoreError.Scope.TRANSIENT) {
        throw e;
      }
      Matcher key = KMS_KEY.matcher(e.getMessage());
      String remedy =
          key.find()
              ? "Allow the use of the key %s: kms:Decrypt for a source, kms:GenerateDataKey and kms:Decrypt for a target."
                  .formatted(key.group())
              : "Allow %s on it.".formatted(permissions);
      problems.add(new Problem(Problem.Kind.ACCESS, path, e.getMessage(), remedy));
    }
  }

  private void input(String path, String what, String remedy) {
    problems.add(new Problem(Problem.Kind.INPUT, path, what, remedy));
  }
}
