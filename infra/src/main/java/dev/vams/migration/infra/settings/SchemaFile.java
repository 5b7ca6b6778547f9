package dev.vams.migration.infra.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

  private MigrationScope scope() {
    JsonNode schema = parse();
    String sourceRegion = region(schema, "regionFrom");
    String targetRegion = region(schema, "regionTo");
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
    return new MigrationScope(sourceRegion, targetRegion, buckets, tables);
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
      pairs.add(new Pair(name(pair, path, "from"), name(pair, path, "to")));
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
