package dev.vams.migration.core.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.vams.migration.core.plan.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;

/**
 * Reads migration schemas from their JSON form, and reports everything that is wrong with one at
 * once: each problem with its JSON path, the value in question and what to write instead. Checks
 * only what the document itself tells; whether buckets and tables exist is for the preflight.
 *
 * <p>Safe for use by several threads.
 */
public final class SchemaReader {

  private final JsonMapper mapper =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  private final Set<String> knownRegions;

  /**
   * Creates a reader.
   *
   * @param knownRegions the codes of all AWS regions, such as {@code us-east-1}; others are refused
   */
  public SchemaReader(Set<String> knownRegions) {
    this.knownRegions = Set.copyOf(knownRegions);
  }

  /** Reads a schema from text; text that is not JSON is one problem with its line and column. */
  public ParsedSchema read(String json) {
    Problems problems = new Problems();
    try (JsonParser parser = mapper.createParser(json)) {
      DuplicateProperties.refuse(parser, problems);
      return new SchemaDocument(knownRegions, problems).read(mapper.readTree(json));
    } catch (JsonProcessingException notJson) {
      return new InvalidSchema(List.of(problem(notJson)));
    } catch (IOException impossible) {
      throw new UncheckedIOException("a string cannot fail to be read", impossible);
    }
  }

  /**
   * Reads a schema from a tree, such as the input of an execution. A property that the text had
   * twice cannot be noticed here.
   */
  public ParsedSchema read(JsonNode document) {
    return new SchemaDocument(knownRegions, new Problems()).read(document);
  }

  private static Problem problem(JsonProcessingException notJson) {
    JsonLocation location = notJson.getLocation();
    String where =
        location == null
            ? JsonPath.ROOT
            : "line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
    return new Problem(
        Problem.Kind.INPUT,
        where,
        "this is not JSON: " + notJson.getOriginalMessage(),
        "Correct the text there; often it is a comma or a quotation mark too many or too few.");
  }
}
