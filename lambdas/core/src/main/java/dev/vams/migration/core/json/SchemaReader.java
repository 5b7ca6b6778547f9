package dev.vams.migration.core.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
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
    } catch (JsonEOFException endsTooEarly) {
      return notJson(endsTooEarly, "the text ends too early");
    } catch (MismatchedInputException trailingTokens) {
      return notJson(trailingTokens, "more text follows after the end of the document");
    } catch (JsonProcessingException wrongToken) {
      return notJson(wrongToken, wrongToken.getOriginalMessage());
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

  private static ParsedSchema notJson(JsonProcessingException failure, String reason) {
    JsonLocation location = failure.getLocation();
    String where =
        location == null
            ? JsonPath.ROOT
            : "line %s, column %s".formatted(location.getLineNr(), location.getColumnNr());
    return new InvalidSchema(
        List.of(
            new Problem(
                Problem.Kind.INPUT,
                where,
                "this is not JSON: " + reason,
                "Correct the text there; often a comma, a quotation mark or a bracket is missing"
                    + " or too many.")));
  }
}
