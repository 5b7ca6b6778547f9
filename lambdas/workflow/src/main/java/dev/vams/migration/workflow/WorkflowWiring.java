package dev.vams.migration.workflow;

import dev.vams.migration.core.inventory.Planner;
import dev.vams.migration.core.journal.Journal;
import dev.vams.migration.core.json.JacksonCodec;
import dev.vams.migration.core.json.SchemaReader;
import dev.vams.migration.core.limit.Backoff;
import dev.vams.migration.core.limit.Pause;
import dev.vams.migration.core.plan.MigrationPlan;
import dev.vams.migration.core.plan.MigrationSchema;
import dev.vams.migration.core.report.Concluder;
import dev.vams.migration.core.store.Stack;
import dev.vams.migration.core.store.WorkStore;
import dev.vams.migration.core.transfer.KeyRangeCopier;
import dev.vams.migration.core.transfer.SegmentCopier;
import dev.vams.migration.core.transfer.TransferLimits;
import dev.vams.migration.core.transfer.TransferListener;
import dev.vams.migration.core.verify.ItemComparer;
import dev.vams.migration.core.verify.KeyRangeComparer;
import dev.vams.migration.core.verify.SegmentComparer;
import dev.vams.migration.s3.S3WorkStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sns.SnsAsyncClient;

/**
 * The composition root of the workers: the only place that builds clients. Clients are built for
 * each region when first needed and kept until {@link #close}. Safe for use by many threads.
 */
public final class WorkflowWiring implements AutoCloseable {

  /** The environment variable that names the work bucket to the Lambda functions. */
  public static final String WORK_BUCKET = "WORK_BUCKET";

  private static final Duration FIRST_BACKOFF = Duration.ofMillis(50);
  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(5);

  private final AwsAccess access;
  private final Map<String, RegionalClients> clients = new ConcurrentHashMap<>();
  private final JacksonCodec codec = new JacksonCodec();
  private final WorkStore workStore;
  private final TransferLimits limits;
  private final TransferListener listener;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Backoff backoff;
  private final Pause pause;

  /**
   * @param workStore makes the work store of the run; it is given this wiring's S3 clients by
   *     region
   * @param listener hears of progress
   * @param random shuffles units and spreads repetitions; safe for use by many threads
   */
  public WorkflowWiring(
      AwsAccess access,
      Function<WorkflowWiring, WorkStore> workStore,
      TransferLimits limits,
      TransferListener listener,
      InstantSource clock,
      RandomGenerator random) {
    this.access = access;
    this.limits = limits;
    this.listener = listener;
    this.clock = clock;
    this.random = random;
    backoff = new Backoff(FIRST_BACKOFF, LONGEST_BACKOFF, random);
    pause =
        time ->
            CompletableFuture.runAsync(
                () -> {},
                CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS));
    this.workStore = workStore.apply(this);
  }

  /** The wiring of a Lambda function, from its environment. */
  static WorkflowWiring ofLambda(Map<String, String> environment) {
    String region = environment.get("AWS_REGION");
    String bucket = environment.get(WORK_BUCKET);
    return new WorkflowWiring(
        AwsAccess.Standard.of(environment),
        wiring -> wiring.workBucket(bucket, region),
        TransferLimits.DEFAULT,
        (unit, change) -> {},
        InstantSource.system(),
        new SecureRandom());
  }

  /** Publishes to the topic that a Lambda function's environment names. */
  static Publisher publisher(Map<String, String> environment) {
    String topic = environment.get("NOTIFICATION_TOPIC_ARN");
    SnsAsyncClient sns =
        SnsAsyncClient.builder()
            .region(Region.of(environment.get("AWS_REGION")))
            .httpClientBuilder(NettyNioAsyncHttpClient.builder())
            .build();
    return (subject, message) ->
        sns.publish(request -> request.topicArn(topic).subject(subject).message(message)).join();
  }

  /** A work store in a bucket. */
  public WorkStore workBucket(String bucket, String region) {
    return new S3WorkStore(clients(region).s3(), bucket);
  }

  /** The work store of all runs. */
  public WorkStore workStore() {
    return workStore;
  }

  /** Reads and writes the run's files. */
  public JacksonCodec codec() {
    return codec;
  }

  /** A reader of schemas that knows the regions which the SDK knows. */
  public static SchemaReader schemaReader() {
    return new SchemaReader(
        Region.regions().stream()
            .filter(region -> !region.isGlobalRegion())
            .map(Region::id)
            .collect(Collectors.toUnmodifiableSet()));
  }

  Journal journal(String run) {
    return new Journal(workStore, codec, run);
  }

  MigrationPlan plan(Journal journal) {
    return journal
        .plan()
        .orElseThrow(
            () ->
                new UnknownRunException(
                    journal.files().run(), workStore.location(journal.files().plan())));
  }

  Planner planner(MigrationSchema schema) {
    return new Planner(source(schema), target(schema), clock, random);
  }

  KeyRangeCopier keyRangeCopier(MigrationSchema schema) {
    return new KeyRangeCopier(source(schema), target(schema), limits, listener, clock);
  }

  SegmentCopier segmentCopier(MigrationSchema schema) {
    return new SegmentCopier(
        source(schema), target(schema), limits, listener, clock, backoff, pause);
  }

  KeyRangeComparer keyRangeComparer(MigrationSchema schema) {
    return new KeyRangeComparer(source(schema), target(schema), limits.objectsInFlight());
  }

  SegmentComparer segmentComparer(MigrationSchema schema) {
    return new SegmentComparer(source(schema), target(schema));
  }

  ItemComparer itemComparer(MigrationSchema schema) {
    return new ItemComparer(source(schema), target(schema), backoff, pause);
  }

  Concluder concluder() {
    return new Concluder(clock);
  }

  private Stack source(MigrationSchema schema) {
    return clients(schema.regionFrom());
  }

  private Stack target(MigrationSchema schema) {
    return clients(schema.regionTo());
  }

  private RegionalClients clients(String region) {
    return clients.computeIfAbsent(region, id -> new RegionalClients(id, access));
  }

  @Override
  public void close() {
    clients.values().forEach(RegionalClients::close);
  }
}
