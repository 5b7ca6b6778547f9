package dev.vams.migration.core.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class KeyOrderTest {

  @Property
  void isTheOrderOfUtf8Bytes(@ForAll("keys") String left, @ForAll("keys") String right) {
    int bytes = Arrays.compareUnsigned(left.getBytes(UTF_8), right.getBytes(UTF_8));

    assertThat(Integer.signum(KeyOrder.UTF_8.compare(left, right)))
        .isEqualTo(Integer.signum(bytes));
  }

  @Example
  void charactersBeyondTheBasicPlaneComeLast() {
    List<String> keys = List.of("\ud83d\ude80", "\uff5e", "a", "", "\u00e9", "a/", "\ue000");

    assertThat(keys.stream().sorted(KeyOrder.UTF_8))
        .containsExactly("", "a", "a/", "\u00e9", "\ue000", "\uff5e", "\ud83d\ude80");
  }

  /** Few different characters of each width, so that keys share beginnings. */
  @Provide
  Arbitrary<String> keys() {
    return Arbitraries.of(
            "a", "b", "/", "\u00e9", "\uffee", "\ud7ff", "\ud83d\ude80", "\ud800\udc00")
        .list()
        .ofMaxSize(4)
        .map(parts -> String.join("", parts));
  }
}
