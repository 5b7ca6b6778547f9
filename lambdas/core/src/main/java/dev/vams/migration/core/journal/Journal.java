package dev.vams.migration.core.journal;

import dev.vams.migration.core.plan.MigrationPlan;
import dev.vams.migration.core.plan.Unit;
import dev.vams.migration.core.store.Codec;
import dev.vams.migration.core.store.WorkStore;
import dev.vams.migration.core.store.WorkStoreException;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One run's files in the work bucket, as records. Safe for use by many threads; each method throws
 * {@link WorkStoreException} when the work bucket cannot be read or written.
 */
public final class Journal {
  private final WorkStore store;
  private final Codec codec;
  private final RunFiles files;

  /**
   * @param run the run's name
   */
  public Journal(WorkStore store, Codec codec, String run) {
    this.store = store;
    this.codec = codec;
    files = new RunFiles(run);
  }

  /** The journal of another run in the same work bucket. */
  public Journal of(String run) {
    return new Journal(store, codec, run);
  }

  /** Where the files are. */
  public RunFiles files() {
    return files;
  }

  /** Writes the plan. */
  public void savePlan(MigrationPlan plan) {
    store.put(files.plan(), codec.encode(plan));
  }

  /** The plan, or empty when there is no such run. */
  public Optional<MigrationPlan> plan() {
    return read(files.plan(), MigrationPlan.class);
  }

  /** Lets no unit begin or go on any more. Of several reasons, the last one stays. */
  public void stop(Stop stop) {
    store.put(files.stop(), codec.encode(stop));
  }

  /** Why no unit may begin or go on; empty when all may. */
  public Optional<Stop> stop() {
    return read(files.stop(), Stop.class);
  }

  /** Writes the units of a phase, one a line, in the order given. */
  public void saveUnits(String phase, List<? extends Unit> units) {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (Unit unit : units) {
      lines.writeBytes(codec.encode(unit));
      lines.write('\n');
    }
    store.put(files.units(phase), lines.toByteArray());
  }

  /** Gives each unit of a phase to the consumer, one at a time. */
  public void forEachUnit(String phase, Consumer<Unit> consumer) {
    forEachLine(files.units(phase), Unit.class, consumer);
  }

  /** Says that a unit was copied. */
  public void markDone(DoneMarker marker) {
    store.put(files.done(marker.unit()), codec.encode(marker));
  }

  /** A unit's done marker. */
  public Optional<DoneMarker> done(String unit) {
    return read(files.done(unit), DoneMarker.class);
  }

  /** Remembers how far a unit was copied. */
  public void saveCheckpoint(String unit, CopyCursor cursor) {
    store.put(files.checkpoint(unit), codec.encode(cursor));
  }

  /** How far a unit was copied when last remembered. */
  public Optional<CopyCursor> checkpoint(String unit) {
    return read(files.checkpoint(unit), CopyCursor.class);
  }

  /** Remembers how a unit was split; to be called before any share of it is copied. */
  public void saveSplit(Split split) {
    store.put(files.split(split.unit()), codec.encode(split));
  }

  /** How a unit was split, if it was. */
  public Optional<Split> split(String unit) {
    return read(files.split(unit), Split.class);
  }

  /** Says that a unit was compared. */
  public void markCompared(ComparedMarker marker) {
    store.put(files.compared(marker.unit()), codec.encode(marker));
  }

  /** What the comparison of a unit found. */
  public Optional<ComparedMarker> compared(String unit) {
    return read(files.compared(unit), ComparedMarker.class);
  }

  /** Opens a unit's failure log after so many valid parts. */
  public RecordLog failureLog(String unit, int parts) {
    return new RecordLog(store, codec, files.failures(unit), parts);
  }

  /** Opens a unit's log of what was not carried, after so many valid parts. */
  public RecordLog notCarriedLog(String unit, int parts) {
    return new RecordLog(store, codec, files.notCarried(unit), parts);
  }

  /** Opens a unit's version map after so many valid parts. */
  public RecordLog versionLog(String unit, int parts) {
    return new RecordLog(store, codec, files.versions(unit), parts);
  }

  /** The parts of a unit's version map, in the order of their entries. */
  List<String> versionParts(String unit) {
    return store.list(files.versions(unit));
  }

  /** The entries of one part of a version map; the caller closes the stream. */
  Stream<CopiedVersion> copiedVersions(String part) {
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(store.open(part), StandardCharsets.UTF_8));
    return reader
        .lines()
        .map(line -> codec.decode(line.getBytes(StandardCharsets.UTF_8), CopiedVersion.class))
        .onClose(
            () -> {
              try {
                reader.close();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  /** The first objects that were copied without something, at most so many. */
  public Stream<NotCarried> notCarried(int limit) {
    return firstRecords(files.notCarried(), NotCarried.class, limit);
  }

  /** Opens a unit's log of what was deleted, after so many valid parts. */
  public RecordLog deletionLog(String unit, int parts) {
    return new RecordLog(store, codec, files.deletions(unit), parts);
  }

  /** The first objects that were deleted, or would be, at most so many. */
  public Stream<Deletion> deletions(int limit) {
    return firstRecords(files.deletions(), Deletion.class, limit);
  }

  /** Opens a unit's log of archived objects that were left, after so many valid parts. */
  public RecordLog archivedLog(String unit, int parts) {
    return new RecordLog(store, codec, files.archived(unit), parts);
  }

  /** The first archived objects that were left, at most so many. */
  public Stream<LeftArchived> archived(int limit) {
    return firstRecords(files.archived(), LeftArchived.class, limit);
  }

  /** Remembers an upload in parts; to be called before its first part. */
  public void saveUpload(OpenUpload upload) {
    store.put(RunFiles.upload(upload.bucket(), upload.key()), codec.encode(upload));
  }

  /** The upload in parts to a key that this or an earlier run has begun and not ended. */
  public Optional<OpenUpload> upload(String bucket, String key) {
    return store
        .get(RunFiles.upload(bucket, key))
        .filter(bytes -> bytes.length > 0)
        .map(bytes -> codec.decode(bytes, OpenUpload.class));
  }

  /** Forgets an upload that has ended. Its file is emptied: no worker may delete. */
  public void forgetUpload(String bucket, String key) {
    store.put(RunFiles.upload(bucket, key), new byte[0]);
  }

  /** Opens a unit's mismatch log after so many valid parts. */
  public RecordLog mismatchLog(String unit, int parts) {
    return new RecordLog(store, codec, files.mismatches(unit), parts);
  }

  /** The first failures, at most so many. */
  public Stream<Failure> failures(int limit) {
    return firstRecords(files.failures(), Failure.class, limit);
  }

  /** The first mismatches, at most so many. */
  public Stream<Mismatch> mismatches(int limit) {
    return firstRecords(files.mismatches(), Mismatch.class, limit);
  }

  /**
   * Why units failed, by unit id, as far as the workflow's result files tell.
   *
   * @param limit at most so many
   */
  public Map<String, String> childFailures(int limit) {
    Map<String, String> causes = new HashMap<>();
    store.list(files.results()).stream()
        .filter(key -> key.contains("/FAILED_"))
        .flatMap(key -> codec.decodeFirst(store.open(key), ChildExecution.class, limit).stream())
        .limit(limit)
        .forEach(
            child -> {
              byte[] input = child.input().getBytes(StandardCharsets.UTF_8);
              String unit = codec.decode(input, ChildInput.class).unit().id();
              causes.put(unit, child.reason());
            });
    return causes;
  }

  private <T> Stream<T> firstRecords(String folder, Class<T> type, int limit) {
    return store.list(folder).stream()
        .flatMap(
            key ->
                store
                    .get(key)
                    .map(bytes -> new String(bytes, StandardCharsets.UTF_8).lines())
                    .orElseGet(Stream::empty))
        .map(line -> codec.decode(line.getBytes(StandardCharsets.UTF_8), type))
        .limit(limit);
  }

  private <T> void forEachLine(String key, Class<T> type, Consumer<T> consumer) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(store.open(key), StandardCharsets.UTF_8))) {
      reader
          .lines()
          .map(line -> codec.decode(line.getBytes(StandardCharsets.UTF_8), type))
          .forEach(consumer);
    } catch (IOException | UncheckedIOException e) {
      throw new WorkStoreException("cannot read " + store.location(key), e);
    }
  }

  private <T> Optional<T> read(String key, Class<T> type) {
    return store.get(key).map(bytes -> codec.decode(bytes, type));
  }
}
