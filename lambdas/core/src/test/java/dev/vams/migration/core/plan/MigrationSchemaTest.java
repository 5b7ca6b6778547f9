package dev.vams.migration.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vams.migration.core.plan.MigrationPlan.BucketPlan;
import dev.vams.migration.core.plan.Unit.KeyRange;
import dev.vams.migration.core.store.Restore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MigrationSchemaTest {

  private static final List<BucketPair> BUCKETS =
      List.of(new BucketPair("assetStorageBucket", "blue-assets", "green-assets"));

  @Test
  void somethingMustBeCopied() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new MigrationSchema(
                    "us-east-1", "us-east-1", List.of(), List.of(), Options.defaults(), ""));
  }

  @Test
  void bothRolesAreAssumedWithOneExternalId() {
    StackAccess source =
        new StackAccess("us-east-1", Optional.of(new AssumedRole("reader", "one")), List.of());
    StackAccess target =
        new StackAccess("us-east-1", Optional.of(new AssumedRole("writer", "other")), List.of());

    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new MigrationSchema(source, target, BUCKETS, List.of(), Options.defaults(), ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "run/1", " "})
  void aRetryNeedsTheNameOfARun(String retryOf) {
    assertThatIllegalArgumentException().isThrownBy(() -> retrying(retryOf));
  }

  @Test
  void withoutTheNameOfARunItIsNoRetry() {
    assertThat(retrying("").isRetry()).isFalse();
    assertThat(retrying("green-1").isRetry()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10_001})
  void concurrencyHasLimits(int maxConcurrency) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Options(Mode.MIGRATE, IfTargetNotEmpty.FAIL, Order.TOGETHER, maxConcurrency));
  }

  @ParameterizedTest
  @CsvSource({
    "40, 16, 50.0, more workers than units",
    "10, 16, 80.0, more units than workers",
    "10, 0, 800.0, nothing to do"
  })
  void theRateOfRequestsIsDividedByTheWorkersThatCanBeAtWork(
      int maxConcurrency, int units, double each, String why) {
    Options options =
        new Options(
            Mode.MIGRATE,
            IfTargetNotEmpty.FAIL,
            Order.TOGETHER,
            maxConcurrency,
            Optional.of(800),
            false,
            IfArchived.FAIL,
            Restore.DEFAULT);
    MigrationPlan plan =
        new MigrationPlan(
            "run-1",
            "",
            new MigrationSchema("us-east-1", "us-east-1", BUCKETS, List.of(), options, ""),
            List.of(),
            Map.of(
                "assets",
                new BucketPlan(Estimate.NONE, Set.of(), false, false, units, Estimate.NONE)),
            Map.of(),
            0,
            List.of());

    KeyRange range = new KeyRange("bucket-00-assets-0000", "assets", "", "", "");
    assertThat(plan.requestsPerSecond(range)).as(why).contains(each);
  }

  @Test
  void nothingIsCopiedOrRenamedToItself() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BucketPair("assetStorageBucket", "assets", "assets"));
    assertThatIllegalArgumentException().isThrownBy(() -> new Rename("type", "type"));
  }

  @Test
  void aProblemFitsOnOneLine() {
    assertThat(
            new Problem(Problem.Kind.ACCESS, "table blue", "it does not exist", "Check its name.")
                .line())
        .isEqualTo("table blue: it does not exist. Check its name.");
  }

  private static MigrationSchema retrying(String retryOf) {
    return new MigrationSchema(
        "us-east-1", "us-east-1", BUCKETS, List.of(), Options.defaults(), retryOf);
  }
}
