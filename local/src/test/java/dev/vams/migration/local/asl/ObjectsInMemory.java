package dev.vams.migration.local.asl;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

/** Objects by {@code bucket/key}. An object appears when its stream is closed, as in S3. */
final class ObjectsInMemory implements ObjectAccess {

  private final Map<String, byte[]> objects = new ConcurrentSkipListMap<>();

  void put(String bucket, String key, String content) {
    objects.put(bucket + "/" + key, content.getBytes(StandardCharsets.UTF_8));
  }

  String text(String bucket, String key) {
    return new String(objects.get(bucket + "/" + key), StandardCharsets.UTF_8);
  }

  Set<String> names() {
    return Set.copyOf(objects.keySet());
  }

  @Override
  public InputStream read(String bucket, String key) throws IOException {
    byte[] content = objects.get(bucket + "/" + key);
    if (content == null) {
      throw new FileNotFoundException("no object " + key + " in bucket " + bucket);
    }
    return new ByteArrayInputStream(content);
  }

  @Override
  public OutputStream write(String bucket, String key) {
    return new ByteArrayOutputStream() {
      @Override
      public void close() {
        objects.put(bucket + "/" + key, toByteArray());
      }
    };
  }
}
