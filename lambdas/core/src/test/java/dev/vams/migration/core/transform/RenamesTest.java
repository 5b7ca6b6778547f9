package dev.vams.migration.core.transform;

import static dev.vams.migration.core.store.Items.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vams.migration.core.plan.Rename;
import dev.vams.migration.core.store.Item;
import java.util.List;
import org.junit.jupiter.api.Test;

class RenamesTest {

  @Test
  void withoutRenamesAnItemStaysAsItIs() {
    Item item = texts("a", "1");

    assertThat(new Renames(List.of()).apply(item)).isEqualTo(new Transformed.Ready(item));
  }

  @Test
  void givesEachAttributeItsNewName() {
    assertThat(apply(texts("a", "1", "c", "2", "e", "3")))
        .isEqualTo(new Transformed.Ready(texts("b", "1", "d", "2", "e", "3")));
  }

  @Test
  void anItemWithoutTheAttributeStaysAsItIs() {
    assertThat(apply(texts("x", "1"))).isEqualTo(new Transformed.Ready(texts("x", "1")));
  }

  @Test
  void anItemThatHasOnlyTheNewNameStaysAsItIs() {
    assertThat(apply(texts("b", "1"))).isEqualTo(new Transformed.Ready(texts("b", "1")));
  }

  @Test
  void anItemWithBothNamesWouldLoseAValue() {
    assertThat(apply(texts("c", "1", "d", "2"))).isEqualTo(new Transformed.Clash("c", "d"));
  }

  @Test
  void theSourceItemIsNotChanged() {
    Item item = texts("a", "1");
    apply(item);

    assertThat(item).isEqualTo(texts("a", "1"));
  }

  private static Transformed apply(Item item) {
    return new Renames(List.of(new Rename("a", "b"), new Rename("c", "d"))).apply(item);
  }
}
