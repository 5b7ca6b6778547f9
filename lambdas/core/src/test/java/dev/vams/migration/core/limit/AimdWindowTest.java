package dev.vams.migration.core.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AimdWindowTest {

  @Test
  void growsByOneForEachRoundOfAnswers() {
    AimdWindow window = new AimdWindow(4, 100);

    answer(window, 5);
    assertThat(window.size()).isEqualTo(5);
    answer(window, 6);
    assertThat(window.size()).isEqualTo(6);
  }

  @Test
  void neverGrowsBeyondTheMost() {
    AimdWindow window = new AimdWindow(4, 6);

    answer(window, 1000);

    assertThat(window.size()).isEqualTo(6);
  }

  @Test
  void halvesOnceForAllCallsThatWereInFlight() {
    AimdWindow window = new AimdWindow(64, 64);

    for (int i = 0; i < 64; i++) {
      window.throttled();
    }
    assertThat(window.size()).isEqualTo(32);

    answer(window, 32);
    window.throttled();
    assertThat(window.size()).isEqualTo(16);
  }

  @Test
  void leavesRoomForOneCallAlways() {
    AimdWindow window = new AimdWindow(2, 2);

    for (int i = 0; i < 20; i++) {
      window.throttled();
      answer(window, 2);
    }

    assertThat(window.size()).isBetween(1, 2);
  }

  /** Each round, the service answers so many calls and throttles the others. */
  @ParameterizedTest
  @ValueSource(ints = {3, 10, 40, 90})
  void settlesAroundWhatTheServiceTakes(int capacity) {
    AimdWindow window = new AimdWindow(64, 128);
    Deque<Integer> sizes = new ArrayDeque<>();

    for (int round = 0; round < 1000; round++) {
      int size = window.size();
      for (int call = capacity; call < size; call++) {
        window.throttled();
      }
      answer(window, size);
      if (round >= 500) {
        sizes.add(size);
      }
    }

    assertThat(sizes).allSatisfy(size -> assertThat(size).isBetween(capacity / 2, capacity + 2));
    assertThat(sizes.stream().mapToInt(size -> size).average().orElseThrow())
        .isGreaterThan(capacity * 0.65);
  }

  @Test
  void aWindowWithoutRoomIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new AimdWindow(0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new AimdWindow(2, 1));
  }

  private static void answer(AimdWindow window, int calls) {
    for (int i = 0; i < calls; i++) {
      window.answered();
    }
  }
}
