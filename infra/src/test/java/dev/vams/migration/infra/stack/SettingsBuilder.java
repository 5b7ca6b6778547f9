package dev.vams.migration.infra.stack;

import dev.vams.migration.infra.settings.MigrationScope;
import dev.vams.migration.infra.settings.MigrationSettings;
import java.nio.file.Path;
import java.util.List;

/** Settings of a deployment, with the defaults of the CDK app. */
final class SettingsBuilder {
  private final List<MigrationScope> scopes;
  private int workerConcurrency = MigrationSettings.DEFAULT_WORKER_CONCURRENCY;
  private boolean retainWorkBucket;
  private String workBucketKeyArn = "";
  private List<String> schemaBuckets = List.of();

  private SettingsBuilder(List<MigrationScope> scopes) {
    this.scopes = scopes;
  }

  static SettingsBuilder of(MigrationScope... scopes) {
    return new SettingsBuilder(List.of(scopes));
  }

  SettingsBuilder workerConcurrency(int count) {
    workerConcurrency = count;
    return this;
  }

  SettingsBuilder retainWorkBucket() {
    retainWorkBucket = true;
    return this;
  }

  SettingsBuilder workBucketKeyArn(String arn) {
    workBucketKeyArn = arn;
    return this;
  }

  SettingsBuilder schemaBuckets(String... names) {
    schemaBuckets = List.of(names);
    return this;
  }

  MigrationSettings build(Path workflowJar) {
    return new MigrationSettings(
        scopes.get(0).target().region(),
        "schema.json",
        scopes,
        MigrationTemplate.DEFINITION,
        workflowJar,
        workerConcurrency,
        retainWorkBucket,
        workBucketKeyArn,
        schemaBuckets);
  }
}
