package dev.vams.migration.checks.architecture;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What compiled classes do not tell. */
class SourceFilesTest {
  private static final Path ROOT = Path.of("..");
  private static final List<String> MODULES =
      List.of(
          "lambdas/core",
          "lambdas/s3",
          "lambdas/dynamodb",
          "lambdas/workflow",
          "local",
          "cli",
          "infra");

  @Test
  void everyPackageSaysWhatItIsFor() throws IOException {
    for (String module : MODULES) {
      Path sources = ROOT.resolve(module).resolve("src/main/java");
      try (Stream<Path> files = Files.walk(sources)) {
        Set<Path> packages =
            files
                .filter(file -> file.toString().endsWith(".java"))
                .map(Path::getParent)
                .collect(toSet());

        assertThat(packages)
            .isNotEmpty()
            .allSatisfy(folder -> assertThat(folder.resolve("package-info.java")).exists());
      }
    }
  }

  @Test
  void everyModuleOfTheBuildIsLookedAt() throws IOException {
    assertThat(
            Files.readString(ROOT.resolve("pom.xml"))
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("<module>"))
                .map(line -> line.replaceAll("</?module>", ""))
                .filter(module -> Files.exists(ROOT.resolve(module).resolve("src/main/java"))))
        .containsAll(MODULES);
  }

  /** It has another classpath, so no class of it is here to be looked at. */
  @Test
  void infraDependsOnNoOtherModule() throws IOException {
    String pom = Files.readString(ROOT.resolve("infra/pom.xml"));
    String dependencies = pom.substring(pom.indexOf("<dependencies>"));

    assertThat(dependencies).doesNotContain("dev.vams.migration");
  }
}
