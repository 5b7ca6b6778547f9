package dev.vams.migration.local.asl;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.EnumMap;
import java.util.Map;

/**
 * Writes what became of the children of a Map: {@code <prefix>/<map run>/SUCCEEDED_0.json}, {@code
 * FAILED_0.json} and a manifest that lists them. A file that has grown large is followed by the
 * next number. Not thread-safe.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html">ResultWriter</a>
 */
final class ResultFiles implements AutoCloseable {

  /** How a child ended. PENDING files are never written here, but a manifest lists them. */
  enum Status {
    FAILED,
    PENDING,
    SUCCEEDED
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectAccess objects;
  private final ObjectTemplate.Place folder;
  private final Map<Status, ResultFileSeries> series = new EnumMap<>(Status.class);

  ResultFiles(ObjectAccess objects, ObjectTemplate.Place prefix, String mapRun, long maximumBytes) {
    this.objects = objects;
    String parent = prefix.key().endsWith("/") ? prefix.key() : prefix.key() + "/";
    this.folder = new ObjectTemplate.Place(prefix.bucket(), parent + mapRun + "/");
    for (Status status : Status.values()) {
      series.put(status, new ResultFileSeries(objects, folder, status, maximumBytes));
    }
  }

  /**
   * @throws StateError States.ResultWriterFailed, as all the methods here, if a file cannot be
   *     written
   */
  void write(ChildRecord child) throws StateError {
    try {
      series.get(child.status()).write(child.toJson());
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Ends the files, writes the manifest and says where it is. */
  ObjectTemplate.Place finish(String mapRunId) throws StateError {
    close();
    ObjectNode manifest = JsonNodeFactory.instance.objectNode();
    manifest.put("DestinationBucket", folder.bucket()).put("MapRunArn", mapRunId);
    ObjectNode files = manifest.putObject("ResultFiles");
    series.forEach((status, written) -> files.set(status.name(), written.toJson()));
    ObjectTemplate.Place place =
        new ObjectTemplate.Place(folder.bucket(), folder.key() + "manifest.json");
    try (OutputStream stream = objects.write(place.bucket(), place.key())) {
      stream.write(JSON.writeValueAsBytes(manifest));
    } catch (IOException e) {
      throw failure(e);
    }
    return place;
  }

  @Override
  public void close() throws StateError {
    try {
      for (ResultFileSeries written : series.values()) {
        written.close();
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private StateError failure(IOException origin) {
    return new StateError(
        StateError.RESULT_WRITER_FAILED,
        "Results cannot be written: " + origin.getMessage(),
        origin);
  }
}
