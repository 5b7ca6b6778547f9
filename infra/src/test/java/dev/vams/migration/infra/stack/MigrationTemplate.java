package dev.vams.migration.infra.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.vams.migration.infra.settings.MigrationScope;
import dev.vams.migration.infra.settings.MigrationSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.assertions.Template;

/**
 * A synthesized migration stack, read by the paths of its constructs instead of by CloudFormation's
 * hashed ids. It is synthesized with the feature flags of {@code cdk.json}, so it is the template
 * that would be deployed.
 */
final class MigrationTemplate {
  static final Path DEFINITION = Path.of("../statemachine/migration.asl.json");

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String STACK = "VamsDataMigration";

  private final JsonNode root;

  private MigrationTemplate(JsonNode root) {
    this.root = root;
  }

  /**
   * Synthesizes into a new folder below {@code folder}, with a jar of a few bytes in place of the
   * workers.
   */
  static MigrationTemplate synthesize(Path folder, MigrationScope... scopes) throws IOException {
    return synthesize(folder, false, scopes);
  }

  static MigrationTemplate synthesize(
      Path folder, boolean destroyWorkBucket, MigrationScope... scopes) throws IOException {
    Path workflowJar = Files.writeString(folder.resolve("workflow.jar"), "no class is needed here");
    App app =
        new App(
            AppProps.builder()
                .outdir(Files.createTempDirectory(folder, "cdk.out").toString())
                .context(context())
                .analyticsReporting(false)
                .build());
    MigrationStack stack =
        new MigrationStack(
            app,
            STACK,
            new MigrationSettings(
                scopes[0].targetRegion(),
                List.of(scopes),
                DEFINITION,
                workflowJar,
                destroyWorkBucket));
    return new MigrationTemplate(JSON.valueToTree(Template.fromStack(stack).toJSON()));
  }

  private static Map<String, Object> context() throws IOException {
    Map<String, Object> context = new HashMap<>();
    JSON.readTree(Path.of("../cdk.json").toFile())
        .path("context")
        .properties()
        .forEach(
            entry ->
                context.put(entry.getKey(), JSON.convertValue(entry.getValue(), Object.class)));
    context.put("aws:cdk:enable-path-metadata", true);
    return context;
  }

  JsonNode root() {
    return root;
  }

  /** The paths of all resources of a CloudFormation type, in the order of the template. */
  List<String> paths(String type) {
    return resources()
        .filter(resource -> resource.getValue().path("Type").asText().equals(type))
        .map(resource -> path(resource.getKey()))
        .toList();
  }

  /**
   * The resource whose construct is at a path below the stack, such as {@code Functions/Plan/Live}.
   */
  JsonNode resource(String path) {
    return resources()
        .filter(resource -> path(resource.getKey()).equals(path))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no resource at " + path))
        .getValue();
  }

  JsonNode properties(String path) {
    return resource(path).path("Properties");
  }

  /** What a role may do, from every policy that is attached to it. */
  List<Statement> statements(String rolePath) {
    return policies()
        .filter(policy -> isAttached(policy, rolePath))
        .flatMap(this::statements)
        .toList();
  }

  /** Every statement of every role. */
  List<Statement> statements() {
    return policies().flatMap(this::statements).toList();
  }

  /** The lengths of a role's policies of one type, in characters without white space. */
  List<Integer> policySizes(String type, String rolePath) {
    return paths(type).stream()
        .map(this::properties)
        .filter(policy -> isAttached(policy, rolePath))
        .map(policy -> statements(policy).mapToInt(MigrationTemplate::size).sum())
        .toList();
  }

  private static int size(Statement statement) {
    int names =
        Stream.concat(statement.actions().stream(), statement.resources().stream())
            .mapToInt(name -> name.length() + "'',".length())
            .sum();
    return statement.sid().length()
        + names
        + "{'Sid':'','Effect':'Allow','Action':[],'Resource':[]},".length();
  }

  /**
   * The text that CloudFormation will make of a value, with {@code ${path}} for what it fills in.
   */
  String text(JsonNode value) {
    if (value.isTextual()) {
      return value.asText();
    }
    if (value.has("Ref")) {
      return "${" + path(value.path("Ref").asText()) + "}";
    }
    if (value.has("Fn::GetAtt")) {
      JsonNode attribute = value.path("Fn::GetAtt");
      return "${" + path(attribute.path(0).asText()) + "." + attribute.path(1).asText() + "}";
    }
    if (value.has("Fn::Join")) {
      return elements(value.path("Fn::Join").path(1)).map(this::text).collect(Collectors.joining());
    }
    throw new AssertionError("not a text: " + value);
  }

  private Stream<JsonNode> policies() {
    return Stream.of("AWS::IAM::Policy", "AWS::IAM::ManagedPolicy")
        .flatMap(type -> paths(type).stream())
        .map(this::properties);
  }

  private boolean isAttached(JsonNode policy, String rolePath) {
    return list(policy.path("Roles")).contains("${" + rolePath + "}");
  }

  private Stream<Statement> statements(JsonNode policy) {
    return elements(policy.path("PolicyDocument").path("Statement")).map(this::statement);
  }

  private Statement statement(JsonNode statement) {
    return new Statement(
        statement.path("Sid").asText(),
        list(statement.path("Action")),
        list(statement.path("Resource")));
  }

  /** CloudFormation writes a list of one element as that element. */
  private List<String> list(JsonNode value) {
    return value.isArray() ? elements(value).map(this::text).toList() : List.of(text(value));
  }

  private String path(String logicalId) {
    String path =
        root.path("Resources").path(logicalId).path("Metadata").path("aws:cdk:path").asText();
    if (path.isEmpty()) {
      return logicalId;
    }
    List<String> names = new ArrayList<>(List.of(path.split("/")));
    names.remove(STACK);
    names.remove("Resource");
    return String.join("/", names);
  }

  private Stream<Map.Entry<String, JsonNode>> resources() {
    return root.path("Resources").properties().stream();
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
