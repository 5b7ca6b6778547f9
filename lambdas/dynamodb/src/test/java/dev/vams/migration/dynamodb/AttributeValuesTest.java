package dev.vams.migration.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vams.migration.core.digest.ValueArbitraries;
import dev.vams.migration.core.store.Item;
import dev.vams.migration.core.store.Value;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class AttributeValuesTest {

  @Property(tries = 10_000)
  void everyItemComesBackAsItWas(@ForAll("items") Item item) {
    assertThat(AttributeValues.toItem(AttributeValues.fromItem(item))).isEqualTo(item);
  }

  @Property(tries = 10_000)
  void everyItemKeepsTheOrderOfItsAttributes(@ForAll("items") Item item) {
    assertThat(AttributeValues.fromItem(item).keySet())
        .containsExactlyElementsOf(item.attributes().keySet());
  }

  @Example
  void eachTypeHasItsOwnField() {
    assertThat(AttributeValues.fromValue(new Value.Text("x")).type())
        .isEqualTo(AttributeValue.Type.S);
    assertThat(AttributeValues.fromValue(new Value.Numeric("1.50")).n()).isEqualTo("1.50");
    assertThat(AttributeValues.fromValue(new Value.Null()).nul()).isTrue();
    assertThat(AttributeValues.fromValue(new Value.ListOf(List.of())).type())
        .isEqualTo(AttributeValue.Type.L);
    assertThat(AttributeValues.fromValue(new Value.MapOf(Map.of())).type())
        .isEqualTo(AttributeValue.Type.M);
  }

  @Example
  void aTypeThatIsNotKnownIsAnErrorAndNeverLost() {
    AttributeValue unknown = AttributeValue.builder().build();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> AttributeValues.toValue(unknown))
        .withMessageContaining("newer release");
  }

  @Provide
  Arbitrary<Item> items() {
    return ValueArbitraries.items();
  }
}
