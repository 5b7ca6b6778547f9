package dev.vams.migration.infra.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.App;

class SynthesisTest {
  @TempDir Path folder;

  private Path workflowJar;

  @BeforeEach
  void makeJar() throws IOException {
    workflowJar = Files.writeString(folder.resolve("any-name-1.2.3.jar"), "the workers");
  }

  @Test
  void writesTheSameBytesEachTime() throws IOException {
    Map<String, String> first = synthesize("first");

    assertThat(first).hasSizeGreaterThan(5);
    assertThat(synthesize("second")).isEqualTo(first);
  }

  @Test
  void givesAllFunctionsOneAssetWithTheJarAndWhatIsGranted() throws IOException {
    Map<String, String> files = synthesize("out");

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
                      "{\"deployCommand\":\"npx cdk deploy -c schema=schema.json\","
                          + "\"readBuckets\":[\"old-assets\"],\"writeBuckets\":[\"new-assets\"],"
                          + "\"readTables\":[\"us-east-1/old-databases\"],"
                          + "\"writeTables\":[\"eu-west-1/new-databases\"],"
                          + "\"roles\":[],\"keys\":[]}");
            });
  }

  /** The files that the CDK command line deploys, by their names below the output folder. */
  private Map<String, String> synthesize(String name) throws IOException {
    Path output = folder.resolve(name);
    App app = MigrationTemplate.app(output);
    new MigrationStack(
        app, MigrationTemplate.STACK, SettingsBuilder.of(Scopes.small()).build(workflowJar));
    app.synth();
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
