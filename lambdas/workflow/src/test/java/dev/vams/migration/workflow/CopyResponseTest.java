package dev.vams.migration.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vams.migration.core.digest.DigestSum;
import dev.vams.migration.core.inventory.SplitLimits;
import dev.vams.migration.core.journal.CopyCursor;
import dev.vams.migration.core.journal.Position;
import dev.vams.migration.core.journal.Tally;
import dev.vams.migration.core.json.JacksonCodec;
import dev.vams.migration.core.plan.Unit.KeyRange;
import dev.vams.migration.core.transfer.CopyStep;
import java.util.Collections;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CopyResponseTest {
  private static final JacksonCodec CODEC = new JacksonCodec();

  /** The longest key, of characters that are the longest in JSON. */
  private static final String LONGEST_KEY = "\u0001".repeat(1_024);

  private static final CopyCursor CURSOR =
      new CopyCursor(new Position.AfterKey(LONGEST_KEY), Tally.ZERO, DigestSum.ZERO, 0, 0);

  /** Step Functions keeps the request with the answer, as the input of the next state. */
  @Test
  void aSplitFitsAState() {
    KeyRange unit =
        new KeyRange(
            "bucket-00-" + "d".repeat(200) + "-0000",
            "d".repeat(200),
            "",
            LONGEST_KEY,
            LONGEST_KEY);
    CopyRequest request = new CopyRequest("run", unit, Optional.empty());
    CopyResponse response =
        CopyResponse.of(
            new CopyStep.Split(
                CURSOR,
                Collections.nCopies(
                    SplitLimits.DEFAULT.shares(), unit.share(1, LONGEST_KEY, LONGEST_KEY))));

    assertThat(CODEC.encode(request).length + CODEC.encode(response).length)
        .isBetween(200 << 10, 256 << 10);
  }

  @Test
  void aWorkerSplitsOrPausesOrIsDone() {
    KeyRange unit = new KeyRange("unit-0", "files", "", "", "");

    assertThat(CopyResponse.of(new CopyStep.Done(Tally.ZERO)).result()).isEqualTo("done");
    assertThat(CopyResponse.of(new CopyStep.Paused(CURSOR)).result()).isEqualTo("paused");
    assertThat(
            CopyResponse.of(
                    new CopyStep.Split(CURSOR, Collections.nCopies(2, unit.share(1, "a", "b"))))
                .result())
        .isEqualTo("split");
  }
}
