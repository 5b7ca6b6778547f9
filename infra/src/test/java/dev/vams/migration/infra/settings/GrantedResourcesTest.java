package dev.vams.migration.infra.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GrantedResourcesTest {
  private static final StackSide OLD =
      new StackSide("us-east-1", "arn:aws:iam::111122223333:role/old", List.of("key-2", "key-1"));
  private static final StackSide NEW = new StackSide("eu-west-1", "", List.of("key-1"));

  @Test
  void listsWhatAllSchemasNameOnceAndSorted() {
    MigrationScope first =
        new MigrationScope(
            OLD,
            NEW,
            List.of(new Pair("b", "y"), new Pair("a", "x")),
            List.of(new Pair("t", "u", true, true), new Pair("v", "w")),
            true,
            false);
    MigrationScope second =
        new MigrationScope(
            NEW,
            OLD,
            List.of(new Pair("a", "x"), new Pair("a", "z")),
            List.of(new Pair("t", "u")),
            false,
            true);

    assertThat(
            GrantedResources.of(
                "npx cdk deploy -c schema=one.json,two.json", List.of(first, second)))
        .isEqualTo(
            new GrantedResources(
                "npx cdk deploy -c schema=one.json,two.json",
                List.of("a", "b"),
                List.of("x", "y", "z"),
                List.of("x", "y"),
                List.of("a"),
                List.of("eu-west-1/t", "us-east-1/t", "us-east-1/v"),
                List.of("eu-west-1/u", "eu-west-1/w", "us-east-1/u"),
                List.of("eu-west-1/u"),
                List.of("eu-west-1/u"),
                List.of("arn:aws:iam::111122223333:role/old"),
                List.of("key-1", "key-2")));
  }
}
