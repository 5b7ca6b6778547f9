package dev.vams.migration.infra.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the names out of a migration schema file. It checks what would make a wrong policy; the
 * workflow's Plan step checks the rest of the schema.
 */
final class SchemaFile {
  /**
   * Every name that S3 or DynamoDB accepts, and no character that widens an ARN: above all no
   * {@code *}.
   */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{2,254}");

  private static final Pattern PLACEHOLDER = Pattern.compile(".*_(Old|New)Stack_Name");
  private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-[0-9]+");

  /** The characters that IAM allows in a role's path and name; {@code *} is none of them. */
  private static final Pattern ROLE_ARN =
      Pattern.compile("arn:aws(-[a-z]+)*:iam::[0-9]{12}:role/[A-Za-z0-9+=,.@_/-]{1,576}");

  /** The id of a key, which a multi-region key begins with {@code mrk-}. */
  private static final Pattern KEY_ARN =
      Pattern.compile("arn:aws(-[a-z]+)*:kms:([a-z0-9-]+):[0-9]{12}:key/[A-Za-z0-9-]{1,128}");

  /**
   * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">The
   *     characters of an external id</a>
   */
  private static final Pattern EXTERNAL_ID = Pattern.compile("[A-Za-z0-9_+=,.@:/-]{2,1224}");

  private static final String POLICY = "ifTargetNotEmpty";

  private final Path file;
  private final List<String> problems = new ArrayList<>();

  private SchemaFile(Path file) {
    this.file = file;
  }

  /**
   * Reads one file.
   *
   * @throws SettingsException naming every problem of the file at once
   */
  static MigrationScope read(Path file) {
    return new SchemaFile(file).scope();
  }

  /** Whether a text is the ARN of one KMS key. */
  static boolean isKeyArn(String text) {
    return KEY_ARN.matcher(text).matches();
  }

  /** Whether a text may be the name of one bucket or table. */
  static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  private MigrationScope scope() {
    JsonNode schema = parse();
    StackSide source = side(schema, "From");
    StackSide target = side(schema, "To");
    checkExternalId(schema, source.hasRole() || target.hasRole());
    List<Pair> buckets = pairs(schema, "VAMS_S3Bucket_Mapping", "buckets");
    List<Pair> tables = pairs(schema, "VAMS_DynamoDBTable_Mapping", "tables");
    if (problems.isEmpty() && buckets.isEmpty() && tables.isEmpty()) {
      problems.add("it names no bucket and no table, so there is nothing to migrate");
    }
    if (!problems.isEmpty()) {
      throw new SettingsException(
          "The migration schema "
              + file
              + " cannot be deployed:\n  - "
              + String.join("\n  - ", problems));
    }
    return new MigrationScope(
        source,
        target,
        buckets,
        tables,
        schema.path("options").path("deleteExtraneous").asBoolean(),
        schema.path("options").path("archived").asText().equals("RESTORE"));
  }

  private JsonNode parse() {
    if (!Files.isRegularFile(file)) {
      throw new SettingsException(
          "There is no migration schema at " + file + ": pass its path with -c schema=<file>.");
    }
    try {
      return JsonMapper.builder().build().readTree(file.toFile());
    } catch (JsonProcessingException notJson) {
      throw new SettingsException(
          "The migration schema " + file + " is not valid JSON: " + notJson.getMessage(), notJson);
    } catch (IOException unreadable) {
      throw new SettingsException("The migration schema " + file + " cannot be read.", unreadable);
    }
  }

  private StackSide side(JsonNode schema, String side) {
    String region = region(schema, "region" + side);
    return new StackSide(
        region, roleArn(schema, "roleArn" + side), keyArns(schema, "kmsKeyArns" + side, region));
  }

  private String roleArn(JsonNode schema, String property) {
    if (!schema.has(property)) {
      return "";
    }
    String arn = schema.path(property).asText();
    if (!ROLE_ARN.matcher(arn).matches()) {
      problems.add(
          "$."
              + property
              + " is \""
              + arn
              + "\": write the ARN of a role, such as arn:aws:iam::111122223333:role/migration, or leave it out");
    }
    return arn;
  }

  private void checkExternalId(JsonNode schema, boolean needed) {
    String externalId = schema.path("externalId").asText();
    if (needed && !EXTERNAL_ID.matcher(externalId).matches()) {
      problems.add(
          "$.externalId is \""
              + externalId
              + "\": a role is given, so write the external id that its trust policy asks for, 2 characters or more");
    }
  }

  private List<String> keyArns(JsonNode schema, String property, String region) {
    List<String> arns = new ArrayList<>();
    if (schema.has(property) && !schema.path(property).isArray()) {
      problems.add("$." + property + " is not a list: write the ARNs of KMS keys in brackets");
    }
    for (JsonNode key : schema.path(property)) {
      String place = "$." + property + "[" + arns.size() + "] is \"" + key.asText() + "\": ";
      Matcher arn = KEY_ARN.matcher(key.asText());
      if (!arn.matches()) {
        problems.add(
            place
                + "write the ARN of a KMS key, such as arn:aws:kms:eu-west-1:111122223333:key/<id>, and no alias");
      } else if (!arn.group(2).equals(region)) {
        problems.add(
            place
                + "buckets and tables are encrypted with keys of their own region, which is "
                + region);
      }
      arns.add(key.asText());
    }
    return arns;
  }

  private String region(JsonNode schema, String property) {
    String region = schema.path(property).asText();
    if (!REGION.matcher(region).matches()) {
      problems.add(
          "$."
              + property
              + " is \""
              + region
              + "\": write the name of an AWS region, such as eu-west-1");
    }
    return region;
  }

  private List<Pair> pairs(JsonNode schema, String mapping, String property) {
    List<Pair> pairs = new ArrayList<>();
    int position = 0;
    for (JsonNode entry : schema.path(mapping)) {
      String path = "$." + mapping + "[" + position++ + "]." + property;
      JsonNode pair = entry.path(property);
      boolean mayCopyVersions = !entry.path("versions").asText().equals("CURRENT");
      String policy = entry.path(POLICY).asText(schema.path("options").path(POLICY).asText());
      pairs.add(
          new Pair(
              name(pair, path, "from"),
              name(pair, path, "to"),
              mayCopyVersions,
              policy.equals("SYNC")));
    }
    return pairs;
  }

  private String name(JsonNode pair, String path, String side) {
    String name = pair.path(side).asText();
    String place = path + "." + side + " is \"" + name + "\": ";
    if (PLACEHOLDER.matcher(name).matches()) {
      problems.add(place + "this is the template's placeholder, write the real name");
    } else if (!NAME.matcher(name).matches()) {
      problems.add(place + "write a name of letters, digits, dots, dashes and underscores");
    }
    return name;
  }
}
