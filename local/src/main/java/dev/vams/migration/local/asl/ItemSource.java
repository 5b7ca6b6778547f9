package dev.vams.migration.local.asl;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The items of a Map: the lines of a JSON Lines object, of which one is in memory at a time. Blank
 * lines are no items.
 */
final class ItemSource implements AutoCloseable {

  private static final ObjectReader JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .readerFor(JsonNode.class);

  private final ObjectTemplate.Place place;
  private final BufferedReader lines;
  private long lineNumber;

  private ItemSource(ObjectTemplate.Place place, BufferedReader lines) {
    this.place = place;
    this.lines = lines;
  }

  /**
   * @throws StateError States.ItemReaderFailed, as all the methods here, if the object cannot be
   *     read
   */
  static ItemSource open(ObjectAccess objects, ObjectTemplate.Place place) throws StateError {
    try {
      return new ItemSource(
          place,
          new BufferedReader(
              new InputStreamReader(
                  objects.read(place.bucket(), place.key()), StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw failure("Items cannot be read: " + e.getMessage(), e);
    }
  }

  /** Reads the whole object once, only to count its items. */
  static long count(ObjectAccess objects, ObjectTemplate.Place place) throws StateError {
    try (ItemSource source = open(objects, place)) {
      long count = 0;
      while (source.nextLine().isPresent()) {
        count++;
      }
      return count;
    }
  }

  /** The next item; empty at the end. */
  Optional<JsonNode> next() throws StateError {
    Optional<String> line = nextLine();
    return line.isEmpty() ? Optional.empty() : Optional.of(parse(line.get()));
  }

  private JsonNode parse(String line) throws StateError {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw failure("Line " + lineNumber + " of " + place + " is not JSON", e);
    }
  }

  private Optional<String> nextLine() throws StateError {
    try {
      String line;
      do {
        line = lines.readLine();
        lineNumber++;
      } while (line != null && line.isBlank());
      return Optional.ofNullable(line);
    } catch (IOException e) {
      throw failure("Items cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws StateError {
    try {
      lines.close();
    } catch (IOException e) {
      throw failure(place + " cannot be closed: " + e.getMessage(), e);
    }
  }

  private static StateError failure(String cause, IOException origin) {
    return new StateError(StateError.ITEM_READER_FAILED, cause, origin);
  }
}
