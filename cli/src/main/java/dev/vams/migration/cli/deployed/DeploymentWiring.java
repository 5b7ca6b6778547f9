package dev.vams.migration.cli.deployed;

import dev.vams.migration.cli.deployed.DeploymentException.Reason;
import dev.vams.migration.core.limit.Pause;
import dev.vams.migration.core.store.WorkStore;
import dev.vams.migration.core.transfer.TransferLimits;
import dev.vams.migration.workflow.AwsAccess;
import dev.vams.migration.workflow.WorkListener;
import dev.vams.migration.workflow.WorkflowWiring;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.CloudFormationClientBuilder;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.SfnClientBuilder;

/**
 * Finds deployments in one region; the only place of the command line that builds clients. They
 * share one HTTP client and are used until {@link #close}.
 */
public final class DeploymentWiring implements AutoCloseable {
  /** Lets real time pass. */
  public static final Pause PAUSE =
      time ->
          CompletableFuture.runAsync(
              () -> {}, CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS));

  private static final String STATE_MACHINE_ARN = "StateMachineArn";
  private static final String WORK_BUCKET_NAME = "WorkBucketName";

  /** With all repetitions; these services answer in a fraction of a second, or not at all. */
  private static final Duration ANSWER_WAIT = Duration.ofSeconds(30);

  private final String region;
  private final SdkHttpClient http = UrlConnectionHttpClient.create();
  private final CloudFormationClient cloudFormation;
  private final SfnClient stepFunctions;
  private Optional<WorkflowWiring> work = Optional.empty();

  /**
   * Reaches the services of a region as the standard AWS settings say.
   *
   * @throws DeploymentException when there is no such region
   */
  public DeploymentWiring(String region) {
    this(region, builder -> {});
  }

  /** Reaches a server that takes any credentials. */
  DeploymentWiring(String region, URI server) {
    this(
        region,
        builder ->
            builder
                .endpointOverride(server)
                .credentialsProvider(
                    StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any"))));
  }

  private DeploymentWiring(String region, Consumer<AwsClientBuilder<?, ?>> access) {
    this.region = region;
    if (Region.regions().stream().noneMatch(known -> known.id().equals(region))) {
      throw new DeploymentException(
          Reason.MISSING,
          "'%s' is not a region of AWS. Give the region of the stack, such as us-east-1."
              .formatted(region));
    }
    ClientOverrideConfiguration limits =
        ClientOverrideConfiguration.builder().apiCallTimeout(ANSWER_WAIT).build();
    CloudFormationClientBuilder cloudFormationBuilder =
        CloudFormationClient.builder()
            .region(Region.of(region))
            .httpClient(http)
            .overrideConfiguration(limits);
    SfnClientBuilder stepFunctionsBuilder =
        SfnClient.builder()
            .region(Region.of(region))
            .httpClient(http)
            .overrideConfiguration(limits);
    access.accept(cloudFormationBuilder);
    access.accept(stepFunctionsBuilder);
    cloudFormation = cloudFormationBuilder.build();
    stepFunctions = stepFunctionsBuilder.build();
  }

  /** The region that the standard AWS settings name, such as {@code AWS_REGION}; may be empty. */
  public static Optional<String> standardRegion() {
    try {
      return Optional.of(DefaultAwsRegionProviderChain.builder().build().getRegion().id());
    } catch (SdkClientException none) {
      return Optional.empty();
    }
  }

  /**
   * The deployment that a CloudFormation stack is.
   *
   * @throws DeploymentException when there is no such stack, or none of this kind
   */
  public Deployment find(String stackName) {
    String missing =
        "There is no stack '%s' in %s. Deploy it there with npx cdk deploy, or give another name with --stack."
            .formatted(stackName, region);
    Stack stack =
        new ServiceCall(
                "find the stack '%s' in %s".formatted(stackName, region),
                "cloudformation:DescribeStacks",
                "it",
                Map.of("ValidationError", missing))
            .make(() -> cloudFormation.describeStacks(request -> request.stackName(stackName)))
            .stacks()
            .get(0);
    return new StepFunctionsDeployment(
        stepFunctions, output(stack, STATE_MACHINE_ARN), output(stack, WORK_BUCKET_NAME));
  }

  private String output(Stack stack, String name) {
    return stack.outputs().stream()
        .filter(output -> output.outputKey().equals(name))
        .map(Output::outputValue)
        .findFirst()
        .orElseThrow(
            () ->
                new DeploymentException(
                    Reason.MISSING,
                    "The stack '%s' in %s (%s) has no output %s: it is no migration, or its deployment is not complete. Deploy it again, or give another name with --stack."
                        .formatted(stack.stackName(), region, stack.stackStatusAsString(), name)));
  }

  /** The work bucket of a deployment; to be asked for once. */
  public WorkStore workStore(Deployment deployment) {
    WorkflowWiring wiring =
        new WorkflowWiring(
            new AwsAccess.Standard(),
            workflow -> workflow.workBucket(deployment.workBucket(), region),
            TransferLimits.DEFAULT,
            WorkListener.DEAF,
            InstantSource.system(),
            new Random());
    work = Optional.of(wiring);
    return wiring.workStore();
  }

  @Override
  public void close() {
    work.ifPresent(WorkflowWiring::close);
    stepFunctions.close();
    cloudFormation.close();
    http.close();
  }
}
