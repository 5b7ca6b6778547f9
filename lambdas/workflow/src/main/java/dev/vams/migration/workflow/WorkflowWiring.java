package dev.vams.migration.workflow;

import com.amazonaws.services.lambda.runtime.Context;
import dev.vams.migration.core.inventory.Planner;
import dev.vams.migration.core.journal.Journal;
import dev.vams.migration.core.json.JacksonCodec;
import dev.vams.migration.core.json.SchemaReader;
import dev.vams.migration.core.limit.AimdWindow;
import dev.vams.migration.core.limit.Backoff;
import dev.vams.migration.core.limit.Pause;
import dev.vams.migration.core.limit.RequestRate;
import dev.vams.migration.core.limit.UnitRate;
import dev.vams.migration.core.plan.AssumedRole;
import dev.vams.migration.core.plan.MigrationPlan;
import dev.vams.migration.core.plan.MigrationPlan.Ceilings;
import dev.vams.migration.core.plan.MigrationSchema;
import dev.vams.migration.core.plan.Unit;
import dev.vams.migration.core.plan.Unit.KeyRange;
import dev.vams.migration.core.report.Concluder;
import dev.vams.migration.core.store.ItemUnits;
import dev.vams.migration.core.store.RatedStack;
import dev.vams.migration.core.store.Stack;
import dev.vams.migration.core.store.WorkStore;
import dev.vams.migration.core.transfer.KeyRangeCopier;
import dev.vams.migration.core.transfer.SegmentCopier;
import dev.vams.migration.core.transfer.TransferLimits;
import dev.vams.migration.core.verify.ItemComparer;
import dev.vams.migration.core.verify.KeyRangeComparer;
import dev.vams.migration.core.verify.SegmentComparer;
import dev.vams.migration.s3.S3WorkStore;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sns.SnsClient;

/**
 * The composition root of the workers: the only place that builds clients. Clients are built for
 * each region and identity when first needed, and kept until {@link #close}. Safe for use by many
 * threads.
 */
public final class WorkflowWiring implements AutoCloseable {

  /** The environment variable that names the work bucket to the Lambda functions. */
  public static final String WORK_BUCKET = "WORK_BUCKET";

  private static final Duration FIRST_BACKOFF = Duration.ofMillis(50);
  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(5);

  private final AwsAccess access;
  private final Map<Reach, RegionalClients> clients = new HashMap<>();

  /** Makes the calls of all clients, and is there once there are any. */
  private Optional<SharedHttp> http = Optional.empty();

  private final JacksonCodec codec = new JacksonCodec();
  private final WorkStore workStore;
  private final TransferLimits limits;
  private final AimdWindow objects;
  private final AimdWindow writes;
  private final WorkListener listener;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Backoff backoff;
  private final Pause pause;

  /** What clients are built for: a region, and the role to be assumed there, if any. */
  private record Reach(String region, Optional<AssumedRole> role) {}

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
      WorkListener listener,
      InstantSource clock,
      RandomGenerator random) {
    this.access = access;
    this.limits = limits;
    objects = limits.objects();
    writes = limits.writes();
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
    InstantSource clock = InstantSource.system();
    Priming.beforeSnapshot();
    return new WorkflowWiring(
        new AwsAccess.Standard(),
        wiring -> wiring.workBucket(bucket, region),
        TransferLimits.DEFAULT,
        LambdaListener.create(clock),
        clock,
        new SecureRandom());
  }

  /**
   * Builds the clients of both stacks now, so that wrong settings are found before a run begins.
   *
   * @throws UnusableSettingsException when no client can be built with the settings of AWS
   */
  public void open(MigrationSchema schema) {
    source(schema);
    target(schema);
  }

  /** Publishes to the topic that a Lambda function's environment names. */
  static Publisher publisher(Map<String, String> environment) {
    String topic = environment.get("NOTIFICATION_TOPIC_ARN");
    SnsClient sns =
        SnsClient.builder()
            .region(Region.of(environment.get("AWS_REGION")))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .overrideConfiguration(configuration -> configuration.appId(RegionalClients.CALLER))
            .build();
    return (subject, message) ->
        sns.publish(request -> request.topicArn(topic).subject(subject).message(message));
  }

  /** A work store in a bucket, which the workers reach with their own identity. */
  public WorkStore workBucket(String bucket, String region) {
    return new S3WorkStore(clients(new Reach(region, Optional.empty())).s3(), bucket);
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

  Exchange exchange(InputStream input, OutputStream output, Context context) {
    return new Exchange(listener, input, output, context);
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
    return new Planner(
        source(schema), target(schema), copySource(schema), clock, random, backoff, pause);
  }

  /** Both stacks for the worker of one unit, which closes them. */
  Stacks stacks(MigrationPlan plan, Unit unit) {
    MigrationSchema schema = plan.schema();
    if (!(unit instanceof KeyRange range)) {
      return ratedTables(
          schema,
          plan.ceilingsOfWorker(unit.descriptor()),
          plan.tables().get(unit.descriptor()).itemUnits());
    }
    Optional<Double> perSecond = plan.requestsPerSecond(range);
    if (perSecond.isEmpty()) {
      return new Stacks(source(schema), target(schema), objects, List.of(), List.of(), pause);
    }
    RequestRate rate = new RequestRate(perSecond.get(), clock);
    AimdWindow window = limits.objects(perSecond.get());
    RegionalClients source = open(sourceReach(schema), window, Optional.of(rate));
    RegionalClients target = open(targetReach(schema), window, Optional.of(rate));
    return new Stacks(source, target, window, List.of(source, target), List.of(), pause);
  }

  private Stacks ratedTables(MigrationSchema schema, Ceilings ceilings, ItemUnits item) {
    Optional<UnitRate> sourceReads = rate(ceilings.sourceReads());
    Optional<UnitRate> targetReads = rate(ceilings.targetReads());
    Optional<UnitRate> targetWrites = rate(ceilings.targetWrites());
    return new Stacks(
        new RatedStack(source(schema), sourceReads, Optional.empty(), item, pause),
        new RatedStack(target(schema), targetReads, targetWrites, item, pause),
        objects,
        List.of(),
        Stream.of(sourceReads, targetReads, targetWrites).flatMap(Optional::stream).toList(),
        pause);
  }

  private Optional<UnitRate> rate(Optional<Double> perSecond) {
    return perSecond.map(units -> new UnitRate(units, clock));
  }

  KeyRangeCopier keyRangeCopier(Stacks stacks) {
    return new KeyRangeCopier(
        stacks.source(),
        stacks.target(),
        stacks.objects(),
        limits,
        listener,
        clock,
        backoff,
        pause);
  }

  SegmentCopier segmentCopier(Stacks stacks) {
    return new SegmentCopier(
        stacks.source(), stacks.target(), writes, listener, clock, backoff, pause);
  }

  KeyRangeComparer keyRangeComparer(Stacks stacks) {
    return new KeyRangeComparer(
        stacks.source(), stacks.target(), listener, limits.objectsInFlight());
  }

  SegmentComparer segmentComparer(Stacks stacks) {
    return new SegmentComparer(stacks.source(), stacks.target(), listener);
  }

  ItemComparer itemComparer(Stacks stacks) {
    return new ItemComparer(stacks.source(), stacks.target(), listener, backoff, pause);
  }

  Concluder concluder() {
    return new Concluder(clock);
  }

  /** Stack A. */
  public Stack source(MigrationSchema schema) {
    return clients(sourceReach(schema));
  }

  /** Stack B. */
  public Stack target(MigrationSchema schema) {
    return clients(targetReach(schema));
  }

  private static Reach sourceReach(MigrationSchema schema) {
    return new Reach(schema.regionFrom(), schema.source().role());
  }

  private static Reach targetReach(MigrationSchema schema) {
    return new Reach(schema.regionTo(), schema.target().role());
  }

  /** S3 copies with the identity that calls it, which is the target's. */
  private Stack copySource(MigrationSchema schema) {
    return clients(new Reach(schema.regionFrom(), schema.target().role()));
  }

  private synchronized RegionalClients clients(Reach reach) {
    return clients.computeIfAbsent(reach, one -> open(one, objects, Optional.empty()));
  }

  private synchronized RegionalClients open(
      Reach reach, AimdWindow window, Optional<RequestRate> s3Rate) {
    SharedHttp shared = http.orElseGet(SharedHttp::new);
    http = Optional.of(shared);
    try {
      return new RegionalClients(
          reach.region(),
          reach.role(),
          access,
          shared.client(),
          throttled(window),
          throttled(writes),
          s3Rate);
    } catch (SdkClientException | IllegalArgumentException e) {
      throw new UnusableSettingsException(
          "The settings of AWS cannot be used: " + e.getMessage(), e);
    }
  }

  private Runnable throttled(AimdWindow window) {
    return () -> {
      window.throttled();
      listener.throttled();
    };
  }

  @Override
  public synchronized void close() {
    clients.values().forEach(RegionalClients::close);
    http.ifPresent(SharedHttp::close);
  }
}
