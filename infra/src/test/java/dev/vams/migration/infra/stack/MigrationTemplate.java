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
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;

/**
 * A synthesized migration stack, read by the paths of its constructs instead of by CloudFormation's
 * hashed ids. It is synthesized with the feature flags of {@code cdk.json}, so it is the template
 * that would be deployed.
 */
final class MigrationTemplate {
  static final Path DEFINITION = Path.of("../statemachine/migration.asl.json");

  private static final JsonMapper JSON = JsonMapper.builder().build();
  static final String STACK = "VamsDataMigration";

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");

  private final JsonNode root;

  private MigrationTemplate(JsonNode root) {
    this.root = root;
  }

  /**
   * Synthesizes into a new folder below {@code folder}, with a jar of a few bytes in place of the
   * workers.
   */
  static MigrationTemplate synthesize(Path folder, MigrationScope... scopes) throws IOException {
    return synthesize(folder, SettingsBuilder.of(scopes));
  }

  static MigrationTemplate synthesize(Path folder, SettingsBuilder settings) throws IOException {
    Path workflowJar = Files.writeString(folder.resolve("workflow.jar"), "no class is needed here");
    return synthesize(folder, settings.build(workflowJar));
  }

  static MigrationTemplate synthesize(Path folder, MigrationSettings settings) throws IOException {
    App app = app(Files.createTempDirectory(folder, "cdk.out"));
    return of(new MigrationStack(app, STACK, settings));
  }

  /** The template of a stack, which is synthesized with its whole app. */
  static MigrationTemplate of(Stack stack) {
    return new MigrationTemplate(JSON.valueToTree(Template.fromStack(stack).toJSON()));
  }

  /** An app like that of the CDK command line, which writes to a folder. */
  static App app(Path output) throws IOException {
    return new App(
        AppProps.builder()
            .outdir(output.toString())
            .context(context())
            .analyticsReporting(false)
            .build());
  }

  /** The context of {@code cdk.json}, with which the CDK command line starts the app. */
  static Map<String, Object> context() throws IOException {
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

  /**
   * Every statement of the template: of roles, of the policies of resources, of who may call a
   * function, and of who may assume a role.
   */
  List<PolicyEntry> entries() {
    Stream<PolicyEntry> policies =
        resources()
            .flatMap(
                resource ->
                    resource.getValue().findParents("Statement").stream()
                        .flatMap(policy -> elements(policy.path("Statement")))
                        .map(statement -> entry(resource, statement)));
    return Stream.concat(
            policies,
            paths("AWS::Lambda::Permission").stream().map(this::properties).map(this::callEntry))
        .toList();
  }

  private PolicyEntry entry(Map.Entry<String, JsonNode> resource, JsonNode statement) {
    JsonNode properties = resource.getValue().path("Properties");
    String holder =
        properties.has("Roles")
            ? String.join(", ", list(properties.path("Roles")))
            : path(resource.getKey());
    JsonNode principal = statement.path("Principal");
    List<String> principals =
        principal.isTextual()
            ? List.of(principal.asText())
            : elements(principal).flatMap(value -> list(value).stream()).toList();
    return new PolicyEntry(
        PLACEHOLDER.matcher(holder).replaceAll("$1"),
        statement.path("Effect").asText(),
        principals,
        statement(statement));
  }

  private PolicyEntry callEntry(JsonNode permission) {
    String function = text(permission.path("FunctionName"));
    return new PolicyEntry(
        PLACEHOLDER.matcher(function).replaceAll("$1"),
        "Allow",
        List.of(permission.path("Principal").asText()),
        new Statement(
            "",
            List.of(permission.path("Action").asText()),
            List.of(function),
            "ArnLike aws:SourceArn " + text(permission.path("SourceArn"))));
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
        + statement.condition().length()
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
    if (value.has("Fn::ImportValue")) {
      return "${" + value.path("Fn::ImportValue").asText() + "}";
    }
    if (value.has("Fn::Select")) {
      JsonNode select = value.path("Fn::Select");
      JsonNode split = select.path(1).path("Fn::Split");
      return text(split.path(1)) + "[" + select.path(0).asText() + "]";
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
        statement.has("Resource") ? list(statement.path("Resource")) : List.of(),
        condition(statement.path("Condition")));
  }

  private String condition(JsonNode condition) {
    return condition.properties().stream()
        .flatMap(
            operator ->
                operator.getValue().properties().stream()
                    .map(
                        key ->
                            operator.getKey()
                                + " "
                                + key.getKey()
                                + " "
                                + String.join(", ", list(key.getValue()))))
        .collect(Collectors.joining("; "));
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
    names.remove(0);
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
