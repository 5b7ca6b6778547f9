package dev.vams.migration.infra.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The template against the jar that the CDK app deploys. */
class WorkflowJarTest {
  @TempDir Path folder;

  @Test
  void holdsTheHandlerOfEveryFunction() throws IOException {
    MigrationTemplate template = MigrationTemplate.synthesize(folder, Scopes.small());
    List<String> handlers =
        template.paths("AWS::Lambda::Function").stream()
            .map(path -> template.properties(path).path("Handler").asText())
            .toList();

    assertThat(handlers).hasSize(7);
    assertThat(jar())
        .as("the workers' jar; ./mvnw -pl lambdas/workflow -am package -DskipTests builds it")
        .isRegularFile();
    try (JarFile jar = new JarFile(jar().toFile())) {
      assertThat(jar.stream().map(ZipEntry::getName))
          .containsAll(
              handlers.stream().map(handler -> handler.replace('.', '/') + ".class").toList());
    }
  }

  private static Path jar() throws IOException {
    String name =
        JsonMapper.builder()
            .build()
            .readTree(Path.of("../cdk.json").toFile())
            .at("/context/workflowJar")
            .asText();
    return Path.of("..").resolve(name);
  }
}
