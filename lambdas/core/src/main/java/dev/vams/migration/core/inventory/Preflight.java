package dev.vams.migration.core.inventory;

import dev.vams.migration.core.limit.Deadline;
import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.limit.Pause;
import dev.vams.migration.core.plan.AssumedRole;
import dev.vams.migration.core.plan.BucketPair;
import dev.vams.migration.core.plan.IfArchived;
import dev.vams.migration.core.plan.IfTargetNotEmpty;
import dev.vams.migration.core.plan.MigrationPlan.Ceilings;
import dev.vams.migration.core.plan.MigrationSchema;
import dev.vams.migration.core.plan.Mode;
import dev.vams.migration.core.plan.Problem;
import dev.vams.migration.core.plan.TablePair;
import dev.vams.migration.core.store.BucketFacts;
import dev.vams.migration.core.store.BucketFeature;
import dev.vams.migration.core.store.Item;
import dev.vams.migration.core.store.ItemTable;
import dev.vams.migration.core.store.ObjectSummary;
import dev.vams.migration.core.store.ObjectVersion;
import dev.vams.migration.core.store.RatedItemTable;
import dev.vams.migration.core.store.Stack;
import dev.vams.migration.core.store.StoreError;
import dev.vams.migration.core.store.StoreException;
import dev.vams.migration.core.store.TableFacts;
import dev.vams.migration.core.store.TableFacts.Capacity;
import dev.vams.migration.core.store.VersionMarker;
import dev.vams.migration.core.transform.ItemTransform;
import dev.vams.migration.core.transform.KeyRules;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Everything that is checked before the first write. All checks are made, and all problems are
 * found at once.
 */
final class Preflight {
  private static final String EMPTY_OR_POLICY =
      "Empty it, or set options.ifTargetNotEmpty to MERGE, OVERWRITE or SYNC; to continue a run that was"
          + " stopped, set retryOf to its name.";

  private static final String READ_OBJECTS = "s3:ListBucket and s3:GetObject";
  private static final String READ_VERSIONS = "s3:ListBucketVersions and s3:GetObjectVersion";
  private static final String READ_VERSION_FEATURES =
      "s3:GetObjectVersionTagging, s3:GetObjectVersionAcl, s3:GetObjectRetention and"
          + " s3:GetObjectLegalHold";
  private static final String READ_FEATURES =
      "s3:GetObjectTagging, s3:GetObjectAcl, s3:GetObjectRetention and s3:GetObjectLegalHold";
  private static final String WRITE_OBJECTS =
      "s3:PutObject, s3:PutObjectTagging, s3:ListMultipartUploadParts and s3:AbortMultipartUpload";
  private static final String LOCK_OBJECTS =
      ", and s3:PutObjectRetention and s3:PutObjectLegalHold";
  private static final String DELETE_OBJECTS = "s3:DeleteObject";
  private static final String SCAN_ITEMS = "dynamodb:Scan";
  private static final String READ_ITEMS = "dynamodb:Scan and dynamodb:BatchGetItem";
  private static final String WRITE_ITEMS = "dynamodb:BatchWriteItem and dynamodb:PutItem";

  /** Among so many there is probably one that is no delete marker. */
  private static final int VERSIONS_LOOKED_AT = 100;

  /** S3 and DynamoDB name the key in their refusal when its use is what was not allowed. */
  private static final Pattern KMS_KEY =
      Pattern.compile("arn:[a-z-]+:kms:[a-z0-9-]+:\\d+:key/\\S*\\w");

  private static final BucketFacts UNKNOWN = new BucketFacts(BucketFacts.Versioning.OFF);

  private final MigrationSchema schema;
  private final Stack source;
  private final Stack target;
  private final Stack copySource;
  private final KeyUse sourceKeys;
  private final KeyUse targetKeys;
  private final Deadline deadline;
  private final RandomGenerator random;
  private final InstantSource clock;
  private final Pause pause;
  private final List<Problem> problems = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final TableNotes tableNotes = new TableNotes();
  private final Map<String, Ceilings> ceilings = new LinkedHashMap<>();
  private final Map<String, BucketFacts> sourceBuckets = new LinkedHashMap<>();
  private final Map<String, BucketFacts> targetBuckets = new LinkedHashMap<>();
  private final Map<String, TableFacts> sourceTables = new LinkedHashMap<>();
  private final Map<String, TableFacts> targetTables = new LinkedHashMap<>();

  /** The keys of one stack, and how they are used. */
  private record KeyUse(List<String> arns, String path, String permissions) {}

  /**
   * @param copySource the source as the identity that copies sees it, which is the target's; the
   *     source itself when one identity reaches both
   * @param deadline when looking through large tables has to end
   * @param random makes keys that no item has
   * @param clock keeps looking through a table to its ceiling
   * @param pause how the waiting is done
   */
  Preflight(
      MigrationSchema schema,
      Stack source,
      Stack target,
      Stack copySource,
      Deadline deadline,
      RandomGenerator random,
      InstantSource clock,
      Pause pause) {
    this.schema = schema;
    this.clock = clock;
    this.pause = pause;
    this.source = source;
    this.target = target;
    this.copySource = copySource;
    sourceKeys =
        new KeyUse(schema.source().kmsKeyArns(), SchemaPath.KMS_KEY_ARNS_FROM, "kms:Decrypt");
    targetKeys =
        new KeyUse(
            schema.target().kmsKeyArns(),
            SchemaPath.KMS_KEY_ARNS_TO,
            "kms:GenerateDataKey and kms:Decrypt");
    this.deadline = deadline;
    this.random = random;
  }

  /** Makes the checks and gives the problems, in the order of the schema. */
  List<Problem> check() {
    StackInspection from =
        new StackInspection("source", schema.source(), SchemaPath.ROLE_ARN_FROM, source, problems);
    StackInspection to =
        new StackInspection("target", schema.target(), SchemaPath.ROLE_ARN_TO, target, problems);
    for (int i = 0; i < schema.buckets().size(); i++) {
      checkBucket(schema.buckets().get(i), SchemaPath.buckets(i), from, to);
    }
    for (int i = 0; i < schema.tables().size(); i++) {
      checkTable(schema.tables().get(i), SchemaPath.tablePair(i), from, to);
    }
    return problems;
  }

  /** What the operator should know although nothing is wrong, in whole sentences. */
  List<String> notes() {
    List<String> all = new ArrayList<>(notes);
    all.addAll(tableNotes.toList());
    return all;
  }

  /**
   * How much of the tables of a pair the run will get at most, as far as that is known: the
   * ceilings, or what is provisioned, or the maximum of a table on demand, where that is less.
   */
  Ceilings pace(String descriptor) {
    Ceilings ceiling = ceilings.get(descriptor);
    Capacity from = sourceTables.get(descriptor).capacity();
    Capacity to = targetTables.get(descriptor).capacity();
    return new Ceilings(
        less(ceiling.sourceReads(), from.readUnits()),
        less(ceiling.targetReads(), to.readUnits()),
        less(ceiling.targetWrites(), to.writeUnits()));
  }

  private static Optional<Double> less(Optional<Double> ceiling, long capacity) {
    return capacity == 0
        ? ceiling
        : Optional.of(Math.min((double) capacity, ceiling.orElse(Double.POSITIVE_INFINITY)));
  }

  /** How much of the tables of each pair may be used, by descriptor. */
  Map<String, Ceilings> ceilings() {
    return ceilings;
  }

  /** What was found out about the source buckets, by descriptor. */
  Map<String, BucketFacts> sourceBuckets() {
    return sourceBuckets;
  }

  /** Whether all versions of a pair are copied; of a source that was not found, no. */
  boolean copiesAllVersions(BucketPair pair) {
    return pair.copiesAllVersions(
        sourceBuckets.getOrDefault(pair.descriptor(), UNKNOWN).versioning());
  }

  /** What was found out about the target buckets, by descriptor. */
  Map<String, BucketFacts> targetBuckets() {
    return targetBuckets;
  }

  /** What was found out about the target tables, by descriptor. */
  Map<String, TableFacts> targetTables() {
    return targetTables;
  }

  /** What was found out about the source tables, by descriptor. */
  Map<String, TableFacts> sourceTables() {
    return sourceTables;
  }

  private void checkBucket(BucketPair pair, String path, StackInspection from, StackInspection to) {
    Optional<BucketFacts> sourceFacts = from.bucket(pair.from(), path + ".from");
    Optional<BucketFacts> targetFacts = to.bucket(pair.to(), path + ".to");
    sourceFacts.ifPresent(facts -> sourceBuckets.put(pair.descriptor(), facts));
    targetFacts.ifPresent(facts -> targetBuckets.put(pair.descriptor(), facts));
    boolean isLocked = locks(sourceFacts.orElse(UNKNOWN)) && locks(targetFacts.orElse(UNKNOWN));
    boolean isAllVersions = copiesAllVersions(pair);
    sourceFacts.ifPresent(
        facts ->
            checkReading(pair.from(), facts.features(), path + ".from", targetFacts.isPresent()));
    if (sourceFacts.isPresent() && isAllVersions) {
      checkReadingVersions(
          pair.from(), sourceFacts.get().features(), path + ".from", targetFacts.isPresent());
    }
    if (targetFacts.isPresent()) {
      attempt(path + ".to", READ_OBJECTS, targetKeys, () -> refuseObjects(pair, path + ".to"));
      if (isAllVersions) {
        attempt(path + ".to", READ_VERSIONS, targetKeys, () -> refuseVersions(pair, path + ".to"));
      }
      if (isWriting()) {
        attempt(
            path + ".to",
            isLocked ? WRITE_OBJECTS + LOCK_OBJECTS : WRITE_OBJECTS,
            targetKeys,
            () ->
                InFlight.await(target.objects().tryWrite(pair.to(), pair.encryption(), isLocked)));
      }
      if (isWriting() && schema.options().deleteExtraneous()) {
        attempt(
            path + ".to",
            DELETE_OBJECTS,
            targetKeys,
            () -> InFlight.await(target.objects().tryDelete(pair.to())));
        if (sourceFacts.isPresent()) {
          attempt(path, READ_OBJECTS, sourceKeys, () -> refuseEmptying(pair, path, isAllVersions));
        }
      }
    }
    if (!isWriting() || sourceFacts.isEmpty() || targetFacts.isEmpty()) {
      return;
    }
    noteLoss(pair, sourceFacts.get(), targetFacts.get());
    if (isAllVersions && targetFacts.get().versioning() != BucketFacts.Versioning.ENABLED) {
      input(
          path + ".to",
          "versioning of the target bucket '%s' is %s, but all versions of '%s' are to be copied"
              .formatted(pair.to(), targetFacts.get().versioning(), pair.from()),
          "Switch versioning of the target bucket on. To leave the history of A behind, set \"versions\": \"CURRENT\".");
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

  private static boolean locks(BucketFacts facts) {
    return facts.features().contains(BucketFeature.OBJECT_LOCK);
  }

  private void noteLoss(BucketPair pair, BucketFacts from, BucketFacts to) {
    if (locks(from) && !locks(to)) {
      notes.add(
          "Bucket '%s' locks objects (Object Lock), its target '%s' does not: retentions and legal holds are not carried."
              .formatted(pair.from(), pair.to()));
    }
  }

  /**
   * Comparisons look at the source's objects with the source's identity, copies read them and their
   * tags with the target's.
   */
  private void checkReading(
      String bucket, Set<BucketFeature> features, String path, boolean isTargetReached) {
    List<ObjectSummary> first = new ArrayList<>();
    attempt(path, READ_OBJECTS, sourceKeys, () -> first.addAll(readFirstObject(source, bucket)));
    if (!isWriting() || !isTargetReached || first.isEmpty()) {
      return;
    }
    if (schema.options().archived() == IfArchived.RESTORE) {
      attempt(
          path,
          "s3:RestoreObject",
          sourceKeys,
          () -> InFlight.await(source.objects().tryRestore(bucket)));
    }
    String key = first.get(0).key();
    checkReadingToCopy(bucket, key, Optional.empty(), features, path, readToCopy(), READ_FEATURES);
  }

  /** The same of versions, each of which needs permissions of its own. */
  private void checkReadingVersions(
      String bucket, Set<BucketFeature> features, String path, boolean isTargetReached) {
    List<ObjectVersion> first = new ArrayList<>();
    attempt(
        path,
        READ_VERSIONS,
        sourceKeys,
        () -> readOne(listFirstVersions(source, bucket), source, bucket).ifPresent(first::add));
    if (!isWriting() || !isTargetReached || first.isEmpty()) {
      return;
    }
    String key = first.get(0).key();
    Optional<String> versionId = Optional.of(first.get(0).versionId());
    String toCopy =
        copySource.equals(source)
            ? "s3:GetObjectVersionTagging"
            : "s3:GetObjectVersion and s3:GetObjectVersionTagging" + toWhoCopies();
    checkReadingToCopy(bucket, key, versionId, features, path, toCopy, READ_VERSION_FEATURES);
  }

  /**
   * What a copy does not carry by itself, and large objects' tags, are read to be given to it.
   *
   * @param toCopy the permissions of whoever copies
   * @param toCarry those of whoever compares
   */
  private void checkReadingToCopy(
      String bucket,
      String key,
      Optional<String> versionId,
      Set<BucketFeature> features,
      String path,
      String toCopy,
      String toCarry) {
    attempt(
        path,
        toCopy,
        sourceKeys,
        () -> {
          if (!copySource.equals(source)) {
            InFlight.await(copySource.objects().tryRead(bucket, key, versionId));
          }
          InFlight.await(copySource.objects().tryReadTags(bucket, key, versionId));
        });
    attempt(
        path,
        toCarry,
        sourceKeys,
        () -> {
          if (!copySource.equals(source)) {
            InFlight.await(source.objects().tryReadTags(bucket, key, versionId));
          }
          InFlight.await(source.objects().tryReadFeatures(bucket, key, versionId, features));
        });
  }

  private void refuseVersions(BucketPair pair, String path) {
    List<ObjectVersion> first = listFirstVersions(target, pair.to());
    if (!first.isEmpty() && isEmpty(target, pair.to()) && mustBeEmpty()) {
      input(
          path,
          "the target bucket '%s' keeps versions of deleted objects".formatted(pair.to()),
          EMPTY_OR_POLICY);
    }
    readOne(first, target, pair.to());
  }

  /** One of these versions that is no delete marker, after an attempt to read it. */
  private static Optional<ObjectVersion> readOne(
      List<ObjectVersion> versions, Stack stack, String bucket) {
    Optional<ObjectVersion> first =
        versions.stream().filter(version -> !version.isDeleteMarker()).findFirst();
    first.ifPresent(
        version ->
            InFlight.await(
                stack.objects().tryRead(bucket, version.key(), Optional.of(version.versionId()))));
    return first;
  }

  private static List<ObjectVersion> listFirstVersions(Stack stack, String bucket) {
    return InFlight.await(
            stack.objects().listVersions(bucket, "", VersionMarker.START, VERSIONS_LOOKED_AT))
        .versions();
  }

  private String toWhoCopies() {
    return " to %s, which copies,"
        .formatted(schema.target().role().map(AssumedRole::arn).orElse("the workers' own role"));
  }

  private String readToCopy() {
    return copySource.equals(source)
        ? "s3:GetObjectTagging"
        : "s3:GetObject and s3:GetObjectTagging" + toWhoCopies();
  }

  private void refuseObjects(BucketPair pair, String path) {
    boolean isEmpty = readFirstObject(target, pair.to()).isEmpty();
    if (!isEmpty && mustBeEmpty()) {
      input(path, "the target bucket '%s' is not empty".formatted(pair.to()), EMPTY_OR_POLICY);
    }
  }

  /**
   * A wrong name of the source must not cost all that the target has. Delete markers are copied
   * where all versions are, so a source that has nothing else is none by mistake.
   */
  private void refuseEmptying(BucketPair pair, String path, boolean isAllVersions) {
    boolean isSourceEmpty =
        isEmpty(source, pair.from())
            && (!isAllVersions || listFirstVersions(source, pair.from()).isEmpty());
    if (isSourceEmpty && !isEmpty(target, pair.to())) {
      input(
          path,
          "the source bucket '%s' is empty, so that deleteExtraneous would delete all that is in the target bucket '%s'"
              .formatted(pair.from(), pair.to()),
          "Correct the name; if it is right, empty the target bucket yourself.");
    }
  }

  private static boolean isEmpty(Stack stack, String bucket) {
    return InFlight.await(stack.objects().list(bucket, "", "", 1)).objects().isEmpty();
  }

  /** The bucket's first object, after an attempt to read it; empty when there is none. */
  private static List<ObjectSummary> readFirstObject(Stack stack, String bucket) {
    List<ObjectSummary> first = InFlight.await(stack.objects().list(bucket, "", "", 1)).objects();
    first.forEach(
        object ->
            InFlight.await(stack.objects().tryRead(bucket, object.key(), object.versionId())));
    return first;
  }

  private void checkTable(TablePair pair, String path, StackInspection from, StackInspection to) {
    Optional<TableFacts> sourceFacts = from.table(pair.from(), path + ".tables.from");
    Optional<TableFacts> targetFacts = to.table(pair.to(), path + ".tables.to");
    sourceFacts.ifPresent(facts -> sourceTables.put(pair.descriptor(), facts));
    targetFacts.ifPresent(facts -> targetTables.put(pair.descriptor(), facts));
    boolean isSameKey =
        sourceFacts.isPresent()
            && targetFacts.isPresent()
            && sourceFacts.get().keys().equals(targetFacts.get().keys());
    Ceilings resolved =
        isSameKey
            ? new CeilingCheck(path, problems).resolve(pair, sourceFacts.get(), targetFacts.get())
            : Ceilings.NONE;
    ceilings.put(pair.descriptor(), resolved);
    if (isSameKey && isWriting()) {
      tableNotes.add(pair, schema.options(), sourceFacts.get(), targetFacts.get(), resolved);
    }
    if (sourceFacts.isPresent()) {
      ItemTransform transform = ItemTransform.of(pair);
      boolean isPossible =
          new TransformCheck(pair, path, sourceFacts.get(), targetFacts, problems)
              .check(pair.deletesExtraneous(schema.options()));
      // A retry has the transform of its run, which made the search.
      boolean mustSearch =
          isWriting() && !schema.isRetry() && !transform.isEmpty() && isPossible && isSameKey;
      attempt(
          path + ".tables.from",
          SCAN_ITEMS,
          sourceKeys,
          () -> {
            if (mustSearch) {
              search(pair, path, transform, sourceFacts.get(), targetFacts.get());
            } else {
              InFlight.await(source.table(pair.from()).isEmpty());
            }
          });
    }
    if (targetFacts.isPresent()) {
      checkTarget(pair, path, targetFacts.get());
    }
    if (sourceFacts.isPresent() && targetFacts.isPresent() && !isSameKey) {
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

  private void checkTarget(TablePair pair, String path, TableFacts facts) {
    Item absentKey = new AbsentKey(random).of(facts);
    attempt(
        path + ".tables.to",
        READ_ITEMS,
        targetKeys,
        () -> {
          refuseItems(pair, path + ".tables.to");
          InFlight.await(target.table(pair.to()).getAll(List.of(absentKey)));
        });
    if (!isWriting()) {
      return;
    }
    attempt(path + ".tables.to", WRITE_ITEMS, targetKeys, () -> tryWrite(pair, absentKey));
    if (pair.deletesExtraneous(schema.options()) && sourceTables.containsKey(pair.descriptor())) {
      attempt(
          path + ".tables.from",
          READ_ITEMS,
          sourceKeys,
          () -> {
            InFlight.await(source.table(pair.from()).getAll(List.of(absentKey)));
            refuseEmptying(pair, path);
          });
    }
  }

  /** A wrong name of the source must not cost all that the target has. */
  private void refuseEmptying(TablePair pair, String path) {
    if (InFlight.await(source.table(pair.from()).isEmpty())
        && !InFlight.await(target.table(pair.to()).isEmpty())) {
      input(
          path + ".tables",
          "the source table '%s' is empty, so that deleteExtraneous would delete all that is in the target table '%s'"
              .formatted(pair.from(), pair.to()),
          "Correct the name; if it is right, empty the target table yourself.");
    }
  }

  private void search(
      TablePair pair, String path, ItemTransform transform, TableFacts from, TableFacts to) {
    ItemTable table =
        RatedItemTable.read(
            source.table(pair.from()),
            ceilings.get(pair.descriptor()).sourceReads(),
            from.itemUnits(),
            clock,
            pause);
    TransformSearch.Outcome outcome =
        new TransformSearch(table, from, new KeyRules(to.keys(), to.indexKeys()), transform)
            .search(deadline);
    if (outcome instanceof TransformSearch.Outcome.Found found) {
      input(
          path + "." + found.place(),
          "an item of table '%s' cannot go to '%s': %s (%s)"
              .formatted(pair.from(), pair.to(), found.reason(), Item.describe(found.key())),
          "Change the transform. The command preview shows what becomes of items.");
    } else if (outcome instanceof TransformSearch.Outcome.Unfinished unfinished) {
      notes.add(
          String.format(
              Locale.ROOT,
              "Table '%s' was not looked through to its end before the copy (%s): its transform was"
                  + " tried on %,d items. An item further on that it does not fit is reported as failed.",
              pair.from(),
              unfinished.reason(),
              unfinished.items()));
    } else if (outcome instanceof TransformSearch.Outcome.Passed passed) {
      note(pair, transform, passed);
    }
  }

  private void note(
      TablePair pair, ItemTransform transform, TransformSearch.Outcome.Passed passed) {
    for (int number : passed.items() == 0 ? List.<Integer>of() : passed.idle()) {
      notes.add(
          String.format(
              Locale.ROOT,
              "Table '%s': the %s (%s) changes none of its %,d items. Check the path if it should.",
              pair.from(),
              transform.operations().get(number),
              transform.place(number),
              passed.items()));
    }
    if (passed.comparedKeys() > 0 && passed.comparedKeys() < passed.items()) {
      notes.add(
          String.format(
              Locale.ROOT,
              "Table '%s': its transform changes keys, and those of %,d of its %,d items were compared"
                  + " with each other. Further items that get the same key are found when they are"
                  + " written under FAIL, and by the comparison under each policy.",
              pair.from(),
              passed.comparedKeys(),
              passed.items()));
    }
  }

  private void refuseItems(TablePair pair, String path) {
    boolean isEmpty = InFlight.await(target.table(pair.to()).isEmpty());
    if (!isEmpty && mustBeEmpty(pair.policy(schema.options()))) {
      input(
          path,
          "the target table '%s' is not empty".formatted(pair.to()),
          pair.ifTargetNotEmpty().isPresent()
              ? EMPTY_OR_POLICY.replace("options.ifTargetNotEmpty", "the table's ifTargetNotEmpty")
              : EMPTY_OR_POLICY);
    }
  }

  private void tryWrite(TablePair pair, Item absentKey) {
    ItemTable table = target.table(pair.to());
    List<String> keyNames = List.copyOf(absentKey.attributes().keySet());
    boolean isConditional =
        pair.putsConditionally(schema.options(), ItemTransform.of(pair).changesKeys(keyNames));
    InFlight.await(isConditional ? table.tryPutIfAbsent(absentKey) : table.tryPutAll(absentKey));
  }

  private boolean isWriting() {
    return schema.options().mode() != Mode.VERIFY;
  }

  /** A retry's targets were found empty by the run that it retries; what is there comes from it. */
  private boolean mustBeEmpty(IfTargetNotEmpty policy) {
    return isWriting() && !schema.isRetry() && policy == IfTargetNotEmpty.FAIL;
  }

  /** The same of buckets. */
  private boolean mustBeEmpty() {
    return mustBeEmpty(schema.options().ifTargetNotEmpty());
  }

  /**
   * Makes a check, and turns a service's refusal into a problem. That a service asks for less, or
   * does not answer for once, is none: the workflow repeats the task.
   *
   * @param permissions what the check needs
   * @param keys the keys that it may need
   */
  private void attempt(String path, String permissions, KeyUse keys, Runnable check) {
    try {
      check.run();
    } catch (StoreException e) {
      if (e.error().scope() == StoreError.Scope.TRANSIENT) {
        throw e;
      }
      Matcher key = KMS_KEY.matcher(e.getMessage());
      String remedy =
          key.find() ? allowUse(key.group(), keys) : "Allow %s on it.".formatted(permissions);
      problems.add(new Problem(Problem.Kind.ACCESS, path, e.getMessage(), remedy));
    }
  }

  private static String allowUse(String key, KeyUse keys) {
    String inPolicy = "let the policy of the key allow %s.".formatted(keys.permissions());
    return keys.arns().contains(key)
        ? "The key is in %s already: %s".formatted(keys.path(), inPolicy)
        : "Add %s to %s and deploy the schema again, and %s".formatted(key, keys.path(), inPolicy);
  }

  private void input(String path, String what, String remedy) {
    problems.add(new Problem(Problem.Kind.INPUT, path, what, remedy));
  }
}
