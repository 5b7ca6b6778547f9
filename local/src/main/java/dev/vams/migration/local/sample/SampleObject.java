package dev.vams.migration.local.sample;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.Tagging;

/**
 * One made-up object, with the attributes that a copy must keep. Its content is made only when
 * asked for.
 *
 * @param bucket the bucket it is in
 * @param key its key
 * @param seed what its content comes from
 * @param size the length of its content in bytes, 0 to 64 KiB
 * @param attributes everything else of the request that creates it, without bucket and key
 */
record SampleObject(
    VamsBucket bucket, String key, long seed, int size, PutObjectRequest attributes) {

  private static final int LARGEST = 64 * 1024;

  private static final Map<String, String> CONTENT_TYPES =
      Map.of(
          "glb", "model/gltf-binary",
          "png", "image/png",
          "json", "application/json",
          "csv", "text/csv;charset=utf-8",
          "xml", "application/xml",
          "usdz", "model/vnd.usdz+zip",
          "pdf", "application/pdf");

  /**
   * All objects of an asset: its files, a folder marker, its preview, and what pipelines made of
   * it.
   */
  static Stream<SampleObject> of(SampleAsset asset) {
    String main = asset.files().get(0);
    String file = main.substring(main.indexOf('/') + 1);
    String execution = new UUID(asset.random("execution").nextLong(), asset.index()).toString();
    String output =
        "pipelines/convert-"
            + asset.databaseId()
            + "/job-"
            + asset.index()
            + "/output/"
            + execution;
    return Stream.of(
            asset.files().stream().map(key -> file(asset, key)),
            Stream.of(
                marker(asset, asset.assetId() + "/odd/"),
                preview(asset, "previews/" + asset.assetId() + "/preview.png"),
                file(asset, output + "/files/" + file),
                file(asset, output + "/metadata/result.json"),
                auxiliary(asset, main + "/preview/octree.bin"),
                auxiliary(asset, main + "/preview/thumbnails/small.png")))
        .flatMap(objects -> objects);
  }

  /** The content; the same object always has the same. */
  byte[] content() {
    byte[] content = new byte[size];
    new Random(seed).nextBytes(content);
    return content;
  }

  private static SampleObject file(SampleAsset asset, String key) {
    Random random = asset.random(key);
    Map<String, String> metadata = new HashMap<>();
    metadata.put("databaseid", asset.databaseId());
    metadata.put("assetid", asset.assetId());
    metadata.put("uploadid", "y" + new UUID(random.nextLong(), random.nextLong()));
    if (random.nextInt(10) == 0) {
      // Real archived files are in GLACIER as well, and cannot be copied before they are restored.
      metadata.put("vams-status", "deleted");
    }
    PutObjectRequest.Builder attributes =
        PutObjectRequest.builder().contentType(contentType(key)).metadata(metadata);
    if (random.nextInt(4) == 0) {
      // Plain characters only: S3Mock stores the tags of a request header still URL-encoded.
      attributes.tagging(tags(Map.of("project", "apollo-11", "stage", "review.2")));
    }
    if (random.nextInt(4) == 0) {
      attributes.contentDisposition("attachment; filename=\"model.glb\"").contentLanguage("de-DE");
    }
    int size = random.nextInt(12) == 0 ? 0 : random.nextInt(LARGEST + 1);
    return new SampleObject(VamsBucket.ASSETS, key, random.nextLong(), size, attributes.build());
  }

  private static SampleObject marker(SampleAsset asset, String key) {
    PutObjectRequest attributes =
        PutObjectRequest.builder()
            .contentType("application/x-directory;charset=UTF-8")
            .metadata(Map.of("databaseid", asset.databaseId(), "assetid", asset.assetId()))
            .build();
    return new SampleObject(VamsBucket.ASSETS, key, 0, 0, attributes);
  }

  private static SampleObject preview(SampleAsset asset, String key) {
    return cached(asset, VamsBucket.ASSETS, key);
  }

  private static SampleObject auxiliary(SampleAsset asset, String key) {
    return cached(asset, VamsBucket.ASSET_AUXILIARY, key);
  }

  private static SampleObject cached(SampleAsset asset, VamsBucket bucket, String key) {
    Random random = asset.random(key);
    PutObjectRequest attributes =
        PutObjectRequest.builder()
            .contentType(contentType(key))
            .cacheControl("max-age=86400, private")
            .build();
    return new SampleObject(
        bucket, key, random.nextLong(), random.nextInt(LARGEST / 4), attributes);
  }

  private static String contentType(String key) {
    return CONTENT_TYPES.getOrDefault(
        key.substring(key.lastIndexOf('.') + 1), "application/octet-stream");
  }

  private static Tagging tags(Map<String, String> tags) {
    List<Tag> sorted =
        tags.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
            .toList();
    return Tagging.builder().tagSet(sorted).build();
  }
}
