package dev.vams.migration.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vams.migration.core.TwoStacks;
import dev.vams.migration.core.digest.DigestSum;
import dev.vams.migration.core.journal.ChildInput;
import dev.vams.migration.core.journal.CompareCursor;
import dev.vams.migration.core.journal.ComparedMarker;
import dev.vams.migration.core.journal.Comparison;
import dev.vams.migration.core.journal.CopyCursor;
import dev.vams.migration.core.journal.DoneMarker;
import dev.vams.migration.core.journal.Failure;
import dev.vams.migration.core.journal.Mismatch;
import dev.vams.migration.core.journal.Position;
import dev.vams.migration.core.journal.Tally;
import dev.vams.migration.core.plan.AssumedRole;
import dev.vams.migration.core.plan.IfTargetNotEmpty;
import dev.vams.migration.core.plan.MigrationPlan;
import dev.vams.migration.core.plan.Problem;
import dev.vams.migration.core.plan.Rename;
import dev.vams.migration.core.plan.StackAccess;
import dev.vams.migration.core.plan.Unit;
import dev.vams.migration.core.plan.Unit.KeyRange;
import dev.vams.migration.core.plan.Unit.Segment;
import dev.vams.migration.core.store.Item;
import dev.vams.migration.core.store.Value;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JacksonCodecTest {
  private static final String HEX = "0".repeat(63) + "a";
  private static final String TALLY =
      "{\"copied\":1,\"skipped\":0,\"kept\":0,\"failed\":0,\"bytes\":5,\"notCarried\":0,\"deleteMarkers\":0,\"deleted\":0,\"archived\":0}";

  private final JacksonCodec codec = new JacksonCodec();

  static List<Object> records() {
    Item key =
        new Item(
            Map.of(
                "id", new Value.Text("a\"b\n\ud83d\ude80"),
                "n", new Value.Numeric("1.50"),
                "b", new Value.Binary(new byte[] {0, -1})));
    Position afterItem = new Position.AfterItem(Position.Side.TARGET, 1, 4, Optional.of(key));
    Position beginning = new Position.AfterItem(Position.Side.SOURCE, 0, 1, Optional.empty());
    DigestSum digest = new DigestSum(7, HEX);
    Comparison comparison = new Comparison(digest, DigestSum.ZERO, 1, 2, 3, 4);
    return List.of(
        new KeyRange("unit-0", "assets", "p/", "a", "b"),
        new Segment("unit-1", "table", 3, 4),
        new Unit.ItemComparison("unit-2", "table", 3, 4),
        new Position.AfterKey("a\u0001b"),
        afterItem,
        beginning,
        new CopyCursor(afterItem, Tally.ofCopied(5), digest, 2, 1, 0, 3, 4),
        new CompareCursor(beginning, comparison, 1),
        new DoneMarker("unit-0", "run-1", Tally.ofCopied(5), digest),
        new ComparedMarker("unit-0", "assets", comparison),
        new Failure("unit-0", "key", "X: y", "Do z."),
        new Mismatch("unit-0", "assets", "key", Mismatch.Kind.MISSING, "none"),
        new Problem(Problem.Kind.ACCESS, "$.x", "is wrong", "Correct it."),
        new StackAccess(
            "us-east-1", Optional.of(new AssumedRole("reader", "vams-1")), List.of("key")),
        TwoStacks.plan(IfTargetNotEmpty.MERGE, new Rename("old", "new")));
  }

  @ParameterizedTest
  @MethodSource("records")
  void everyRecordComesBackAsItWas(Object record) {
    byte[] text = codec.encode(record);

    assertThat(codec.<Object>decode(text, typeOf(record))).isEqualTo(record);
    assertThat(new String(text, UTF_8)).doesNotContain("\n");
  }

  @Test
  void aUnitSaysItsKind() {
    assertThat(text(new Segment("unit-1", "table", 0, 1)))
        .isEqualTo(
            "{\"kind\":\"SEGMENT\",\"id\":\"unit-1\",\"descriptor\":\"table\",\"segment\":0,\"totalSegments\":1}");
  }

  @Test
  void aTallyIsReadStrictly() {
    assertThat(tally(TALLY)).isEqualTo(Tally.ofCopied(5));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"copied\":1,\"skipped\":0,\"kept\":0,\"failed\":0,\"bytes\":5,\"notCarried\":0,\"deleteMarkers\":0,\"deleted\":0,\"archived\":0,\"extra\":1}",
        "{\"copied\":1,\"skipped\":0,\"kept\":0,\"failed\":0}",
        "{\"copied\":1,\"skipped\":0,\"kept\":0,\"fialed\":0,\"bytes\":5,\"notCarried\":0,\"deleteMarkers\":0,\"deleted\":0,\"archived\":0}",
        "{\"copied\":null,\"skipped\":0,\"kept\":0,\"failed\":0,\"bytes\":5,\"notCarried\":0,\"deleteMarkers\":0,\"deleted\":0,\"archived\":0}",
        "{\"copied\":\"x\",\"skipped\":0,\"kept\":0,\"failed\":0,\"bytes\":5,\"notCarried\":0,\"deleteMarkers\":0,\"deleted\":0,\"archived\":0}",
        "{\"copied\":1,\"copied\":2,\"skipped\":0,\"kept\":0,\"failed\":0,\"bytes\":5,\"notCarried\":0,\"deleteMarkers\":0,\"deleted\":0,\"archived\":0}",
        "{\"copied\":1,\"skipped\":0,\"kept\":0,\"failed\":0,\"bytes\":5,\"notCarried\":0,\"deleteMarkers\":0,\"deleted\":0,\"archived\":0} {}",
        "{\"copied\":1,",
        "[]",
        "null",
        ""
      })
  void aTextThatIsNoTallyIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tally(text))
        .withMessageStartingWith("not a Tally: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"kind\":\"SEGMNT\",\"id\":\"u\",\"descriptor\":\"t\",\"segment\":0,\"totalSegments\":1}",
        "{\"id\":\"u\",\"descriptor\":\"t\",\"segment\":0,\"totalSegments\":1}",
        "{\"kind\":\"SEGMENT\",\"id\":\"u\",\"descriptor\":\"t\",\"segment\":0}",
        "{\"kind\":\"SEGMENT\",\"id\":\"u\",\"descriptor\":\"t\",\"segment\":0,\"totalSegments\":1,\"x\":1}",
        "{\"kind\":\"SEGMENT\",\"id\":\"u\",\"descriptor\":\"t\",\"segment\":2,\"totalSegments\":2}"
      })
  void aTextThatIsNoUnitIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> codec.decode(text.getBytes(UTF_8), Unit.class));
  }

  @Test
  void anUnknownEnumValueIsRefused() {
    String text = text(TwoStacks.plan(IfTargetNotEmpty.MERGE)).replace("\"MERGE\"", "\"MERG\"");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> codec.decode(text.getBytes(UTF_8), MigrationPlan.class))
        .withMessageContaining("MERG");
  }

  @Test
  void anItemWithAValueOfNoTypeIsRefused() {
    assertThat(List.of("{\"id\":true}", "{\"id\":{\"X\":\"1\"}}", "{\"id\":{\"N\":\"x\"}}", "[]"))
        .allSatisfy(
            text ->
                assertThatIllegalArgumentException()
                    .isThrownBy(() -> codec.decode(text.getBytes(UTF_8), Item.class)));
  }

  @Test
  void ofTheInputOfAChildOnlyTheUnitMatters() {
    String text =
        "{\"run\":\"r\",\"cursor\":null,\"unit\":{\"kind\":\"SEGMENT\",\"id\":\"u\",\"descriptor\":\"t\",\"segment\":0,\"totalSegments\":1}}";

    assertThat(codec.decode(text.getBytes(UTF_8), ChildInput.class).unit().id()).isEqualTo("u");
  }

  @Test
  void filesForPeopleAreIndented() {
    assertThat(new String(codec.encodeForPeople(Tally.ZERO), UTF_8)).contains("\n  \"copied\" : 0");
  }

  private Tally tally(String text) {
    return codec.decode(text.getBytes(UTF_8), Tally.class);
  }

  private String text(Object record) {
    return new String(codec.encode(record), UTF_8);
  }

  /** Sealed types are read by their interface. */
  @SuppressWarnings("unchecked")
  private static Class<Object> typeOf(Object record) {
    Class<?> type = record.getClass();
    if (record instanceof Unit) {
      type = Unit.class;
    } else if (record instanceof Position) {
      type = Position.class;
    }
    return (Class<Object>) type;
  }

  /** Result files of thousands of failed units must not be held in memory to list a few. */
  @Test
  void ofAnArrayOnlyTheRecordsAskedForAreRead() {
    Segment segment = new Segment("unit-1", "table", 3, 4);
    String element = new String(codec.encode(segment), UTF_8) + ",";
    String broken = "[" + element.repeat(1_000) + "and so on, which is not JSON";

    assertThat(codec.decodeFirst(new ByteArrayInputStream(broken.getBytes(UTF_8)), Unit.class, 999))
        .hasSize(999)
        .containsOnly(segment);
  }
}
