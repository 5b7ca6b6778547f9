package dev.vams.migration.core.transfer;

import static dev.vams.migration.core.listing.SameContent.NO;
import static dev.vams.migration.core.listing.SameContent.UNKNOWN;
import static dev.vams.migration.core.listing.SameContent.YES;
import static dev.vams.migration.core.plan.IfTargetNotEmpty.FAIL;
import static dev.vams.migration.core.plan.IfTargetNotEmpty.MERGE;
import static dev.vams.migration.core.plan.IfTargetNotEmpty.OVERWRITE;
import static dev.vams.migration.core.transfer.CollisionRule.COPY;
import static dev.vams.migration.core.transfer.CollisionRule.KEEP;
import static dev.vams.migration.core.transfer.CollisionRule.SKIP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vams.migration.core.listing.SameContent;
import dev.vams.migration.core.plan.IfTargetNotEmpty;
import dev.vams.migration.core.store.ObjectSummary;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** One test for each row of the rule's truth table. */
class CollisionRuleTest {
  private static final Instant SOURCE_WRITTEN = Instant.parse("2026-01-01T12:00:00Z");
  private static final Instant BEFORE = SOURCE_WRITTEN.minusSeconds(1);
  private static final Instant AFTER = SOURCE_WRITTEN.plusSeconds(1);

  @Test
  void theSameContentWrittenAfterTheSourceIsSkipped() {
    assertRule(YES, AFTER, SKIP, SKIP);
  }

  @Test
  void theSameContentWrittenInTheSameSecondIsSkipped() {
    assertRule(YES, SOURCE_WRITTEN, SKIP, SKIP);
  }

  @Test
  void theSameContentWrittenBeforeTheSourceIsCopiedBecauseMetadataMayHaveChanged() {
    assertRule(YES, BEFORE, SKIP, COPY);
  }

  @Test
  void otherContentIsCopiedOrKeptWhenWrittenAfterTheSource() {
    assertRule(NO, AFTER, KEEP, COPY);
  }

  @Test
  void otherContentIsCopiedOrKeptWhenWrittenBeforeTheSource() {
    assertRule(NO, BEFORE, KEEP, COPY);
  }

  @Test
  void unknownContentIsCopiedOrKeptWhenWrittenAfterTheSource() {
    assertRule(UNKNOWN, AFTER, KEEP, COPY);
  }

  @Test
  void unknownContentIsCopiedOrKeptWhenWrittenBeforeTheSource() {
    assertRule(UNKNOWN, BEFORE, KEEP, COPY);
  }

  private static void assertRule(
      SameContent same, Instant targetWritten, CollisionRule merge, CollisionRule otherwise) {
    assertThat(decide(same, targetWritten, MERGE)).isEqualTo(merge);
    assertThat(decide(same, targetWritten, FAIL)).isEqualTo(otherwise);
    assertThat(decide(same, targetWritten, OVERWRITE)).isEqualTo(otherwise);
  }

  private static CollisionRule decide(
      SameContent same, Instant targetWritten, IfTargetNotEmpty policy) {
    return CollisionRule.decide(same, written(SOURCE_WRITTEN), written(targetWritten), policy);
  }

  private static ObjectSummary written(Instant time) {
    return new ObjectSummary("key", 1, "etag", time, "STANDARD");
  }
}
