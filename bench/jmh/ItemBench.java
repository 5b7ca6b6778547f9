package dev.vams.migration.bench;

import dev.vams.migration.core.digest.ItemDigest;
import dev.vams.migration.core.plan.AttributePath;
import dev.vams.migration.core.plan.AttributePath.Step;
import dev.vams.migration.core.plan.Operation;
import dev.vams.migration.core.plan.Operation.ReplaceValue;
import dev.vams.migration.core.plan.Rename;
import dev.vams.migration.core.plan.TablePair;
import dev.vams.migration.core.store.Item;
import dev.vams.migration.core.store.ItemSize;
import dev.vams.migration.core.store.Value;
import dev.vams.migration.core.transform.ItemTransform;
import dev.vams.migration.core.transform.Transformed;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the copy of an item computes besides the calls: one thread, items of 1 KB with ten
 * attributes, of which three get another name, and one another beginning of its text.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class ItemBench {
  private static final int ITEMS = 1024;
  private static final int DESCRIPTION_LENGTH = 512;

  private final ItemTransform transform =
      ItemTransform.of(
          new TablePair(
                  "bench",
                  "a",
                  "b",
                  List.of(
                      new Rename("assetType", "type"),
                      new Rename("isDistributable", "distributable"),
                      new Rename("currentVersion", "version")))
              .with(
                  List.<Operation>of(
                      new ReplaceValue(
                          new AttributePath(
                              List.of(new Step.Name("version"), new Step.Name("S3Key"))),
                          "plant/",
                          "works/",
                          ReplaceValue.Match.PREFIX))));

  private final ItemDigest digest = new ItemDigest();
  private final Item[] items = new Item[ITEMS];
  private int next;

  /** Makes the items. */
  public ItemBench() {
    for (int number = 0; number < ITEMS; number++) {
      items[number] = item(number);
    }
  }

  /** The renames and the operation. */
  @Benchmark
  public Transformed transform() {
    return transform.apply(item());
  }

  /** The digest of an item as it is read at the target. */
  @Benchmark
  public byte[] digest() {
    return digest.of(item());
  }

  /** What is done to an item that is read at the source. */
  @Benchmark
  public byte[] transformAndDigest() {
    return digest.of(((Transformed.Ready) transform.apply(item())).item());
  }

  /** What is asked of an item before it goes into a batch. */
  @Benchmark
  public long size() {
    return ItemSize.of(item());
  }

  private Item item() {
    next = (next + 1) % ITEMS;
    return items[next];
  }

  /** The same assets as in {@code bench/DynamoDbBench.java}. */
  private static Item item(int number) {
    Random random = new Random(number);
    byte[] description = new byte[DESCRIPTION_LENGTH];
    for (int i = 0; i < description.length; i++) {
      description[i] = (byte) (random.nextInt(7) == 0 ? ' ' : 'a' + random.nextInt(26));
    }
    byte[] checksum = new byte[32];
    random.nextBytes(checksum);
    Map<String, Value> item = new LinkedHashMap<>();
    item.put("databaseId", new Value.Text("plant-" + number % 50));
    item.put("assetId", new Value.Text("x%08x-%07d".formatted(random.nextInt(), number)));
    item.put("assetName", new Value.Text("Pump housing, second stage, variant " + number));
    item.put("description", new Value.Text(new String(description, StandardCharsets.US_ASCII)));
    item.put("assetType", new Value.Text("model/gltf-binary"));
    item.put("isDistributable", new Value.Flag(number % 3 == 0));
    item.put("fileSize", new Value.Numeric(Integer.toString(random.nextInt(1 << 30))));
    item.put("checksum", new Value.Binary(checksum));
    item.put(
        "tags",
        new Value.TextSet(
            new LinkedHashSet<>(List.of("cooling", "line-" + number % 9, "approved", "b2"))));
    item.put("currentVersion", new Value.MapOf(version(number, random)));
    return new Item(item);
  }

  private static Map<String, Value> version(int number, Random random) {
    Map<String, Value> version = new LinkedHashMap<>();
    version.put("Version", new Value.Numeric(Integer.toString(1 + number % 12)));
    version.put("Scale", new Value.Numeric("%d.%d".formatted(number % 7, random.nextInt(1000))));
    version.put("Comment", new Value.Text("Uploaded by the line's exporter"));
    version.put("DateModified", new Value.Text("2026-01-%02d".formatted(1 + number % 28)));
    version.put("preview", new Value.Null());
    version.put(
        "S3Key", new Value.Text("plant/%d/parts/%d/model.glb".formatted(number % 50, number)));
    version.put(
        "pipelines",
        new Value.ListOf(List.of(new Value.Text("convert"), new Value.Text("thumbnail"))));
    return version;
  }
}
