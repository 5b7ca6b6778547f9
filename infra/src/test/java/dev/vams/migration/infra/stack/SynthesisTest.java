package dev.vams.migration.infra.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.vams.migration.infra.MigrationApp;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The CDK app as the CDK command line starts it: in a process of its own. */
class SynthesisTest {
  private static final String SCHEMA = "src/test/resources/schema.json";

  @TempDir static Path folder;

  private static final Map<String, Object> context = new TreeMap<>();
  private static Map<String, String> files;

  @BeforeAll
  static void synthesizeOnce() throws IOException, InterruptedException {
    context.putAll(MigrationTemplate.context());
    context.put("schema", SCHEMA);
    context.put("definition", MigrationTemplate.DEFINITION.toString());
    context.put(
        "workflowJar",
        Files.writeString(folder.resolve("any-name-1.2.3.jar"), "the workers").toString());
    context.put(
        "pipelineConnection", "arn:aws:codeconnections:eu-west-1:111122223333:connection/0a1b");
    context.put("pipelineRepository", "team/vams");
    files = files(synthesize("first", context, 0));
  }

  /** In two processes, because the order of some maps differs between processes. */
  @Test
  void writesTheSameBytesEachTime() throws IOException, InterruptedException {
    assertThat(files)
        .containsKeys("VamsDataMigration.template.json", "VamsDataMigrationPipeline.template.json");
    Map<String, String> second = files(synthesize("second", context, 0));

    assertThat(second).hasSameSizeAs(files);
    files.forEach((name, content) -> assertThat(second.get(name)).as(name).isEqualTo(content));
  }

  @Test
  void givesAllFunctionsOneAssetWithTheJarAndWhatIsGranted() {
    assertThat(files.keySet().stream().filter(file -> file.contains("/")))
        .hasSize(2)
        .anySatisfy(
            file -> {
              assertThat(file).matches("asset\\.[0-9a-f]+/lib/workflow\\.jar");
              assertThat(files.get(file)).isEqualTo("the workers");
            })
        .anySatisfy(
            file -> {
              assertThat(file).matches("asset\\.[0-9a-f]+/granted\\.json");
              assertThat(files.get(file))
                  .isEqualTo(
                      "{\"deployCommand\":\"npx cdk deploy -c schema=src/test/resources/schema.json\","
                          + "\"readBuckets\":[\"old-assets\",\"old-visualizer\"],"
                          + "\"writeBuckets\":[\"new-assets\",\"new-visualizer\"],"
                          + "\"deleteBuckets\":[],\"restoreBuckets\":[],"
                          + "\"readTables\":[\"us-east-1/old-AssetStorageTable\",\"us-east-1/old-DatabaseStorageTable\"],"
                          + "\"writeTables\":[\"eu-west-1/new-AssetStorageTable\",\"eu-west-1/new-DatabaseStorageTable\"],"
                          + "\"syncTables\":[],\"mirrorTables\":[],"
                          + "\"roles\":[],\"keys\":[]}");
            });
  }

  @Test
  void stopsWithoutASchemaAndSaysWhatToPass() throws IOException, InterruptedException {
    synthesize("none", Map.of(), 1);

    assertThat(Files.readString(folder.resolve("none.txt")))
        .startsWith("Which data may the migration touch? Pass the migration schema")
        .doesNotContain("Exception");
  }

  /** Runs the app; what it prints is in a file beside its output. */
  private static Path synthesize(String name, Map<String, Object> context, int exitCode)
      throws IOException, InterruptedException {
    Path output = folder.resolve(name);
    ProcessBuilder app =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                MigrationApp.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(new File(output + ".txt"));
    app.environment().put("CDK_OUTDIR", output.toString());
    app.environment()
        .put("CDK_CONTEXT_JSON", JsonMapper.builder().build().writeValueAsString(context));
    assertThat(app.start().waitFor()).as(() -> read(Path.of(output + ".txt"))).isEqualTo(exitCode);
    return output;
  }

  /** The files that the CDK command line deploys, by their names below the output folder. */
  private static Map<String, String> files(Path output) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(output)) {
      paths
          .filter(Files::isRegularFile)
          .forEach(file -> files.put(output.relativize(file).toString(), read(file)));
    }
    return files;
  }

  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
