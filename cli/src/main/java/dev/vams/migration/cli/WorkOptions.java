package dev.vams.migration.cli;

import dev.vams.migration.core.plan.BucketPair;
import dev.vams.migration.core.plan.MigrationSchema;
import dev.vams.migration.core.store.WorkStore;
import dev.vams.migration.local.engine.DirectoryWorkStore;
import dev.vams.migration.workflow.WorkflowWiring;
import java.nio.file.Path;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Where the run keeps its plan, markers and report. */
final class WorkOptions {
  @ArgGroup private Place place = new Place();

  private static final class Place {
    @Option(
        names = "--work-dir",
        paramLabel = "DIR",
        description =
            "Keep plans, markers and reports in this directory (default: vams-migrate-work).")
    private Path directory = Path.of("vams-migrate-work");

    @Option(
        names = "--work-bucket",
        paramLabel = "BUCKET",
        description = "Keep them in this S3 bucket, in the region of the target.")
    private String bucket;
  }

  /**
   * The chosen store, reached through the wiring's clients if it is a bucket.
   *
   * @throws UserException when the bucket is one that is migrated
   */
  WorkStore store(WorkflowWiring wiring, MigrationSchema schema) {
    if (place.bucket == null) {
      return new DirectoryWorkStore(place.directory);
    }
    for (BucketPair pair : schema.buckets()) {
      if (place.bucket.equals(pair.from()) || place.bucket.equals(pair.to())) {
        throw new UserException(
            ExitCode.WRONG_INPUT,
            "--work-bucket: '%s' is a bucket of this migration (%s). Name another one."
                .formatted(place.bucket, pair.descriptor()));
      }
    }
    return wiring.workBucket(place.bucket, schema.regionTo());
  }

  /** The options to be typed again to reach the same store. */
  String typed() {
    if (place.bucket != null) {
      return " --work-bucket " + ShellLine.quoted(place.bucket);
    }
    return place.directory.equals(Path.of("vams-migrate-work"))
        ? ""
        : " --work-dir " + ShellLine.quoted(place.directory.toString());
  }
}
