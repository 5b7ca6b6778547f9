package dev.vams.migration.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vams.migration.core.json.JacksonCodec;
import dev.vams.migration.core.store.InMemoryWorkStore;
import dev.vams.migration.core.store.WorkStoreException;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecordLogTest {
  private static final String FOLDER = "runs/run-1/failures/unit-0/";

  private final InMemoryWorkStore store = new InMemoryWorkStore();

  @Test
  void anEmptyLogHasNoPart() {
    RecordLog log = log(0);
    log.writeFullPart();

    assertThat(log.flush()).isZero();
    assertThat(store.written()).isEmpty();
  }

  @Test
  void writesOneRecordALine() {
    RecordLog log = log(0);
    log.add(failure("a"));
    log.add(failure("line\nbreak"));

    assertThat(log.flush()).isEqualTo(1);
    assertThat(store.text(FOLDER + "000000.jsonl").lines()).hasSize(2);
    assertThat(entries()).containsExactly("a", "line\nbreak");
  }

  @Test
  void aPartIsWrittenWhenThereIsEnoughForOne() {
    RecordLog log = log(0);
    for (int i = 0; i < 10; i++) {
      log.add(failure("x".repeat(60 * 1024)));
      log.writeFullPart();
    }

    assertThat(store.list(FOLDER))
        .containsExactly(FOLDER + "000000.jsonl", FOLDER + "000001.jsonl");
    assertThat(log.flush()).isEqualTo(2);
    assertThat(entries()).hasSize(10);
  }

  @Test
  void addingNeverWrites() {
    RecordLog log = log(0);
    IntStream.range(0, 10).forEach(i -> log.add(failure("x".repeat(60 * 1024))));

    assertThat(store.written()).isEmpty();
  }

  @Test
  void goesOnAfterTheValidPartsAndEmptiesWhatAStoppedWorkerLeft() {
    RecordLog stopped = log(0);
    for (String entry : List.of("a", "b", "c")) {
      stopped.add(failure(entry));
      stopped.flush();
    }

    RecordLog log = log(1);
    assertThat(entries()).containsExactly("a");
    log.add(failure("d"));

    assertThat(log.flush()).isEqualTo(2);
    assertThat(entries()).containsExactly("a", "d");
  }

  @Test
  void leavesTheLogsOfOtherUnitsAlone() {
    RecordLog other = new RecordLog(store, new JacksonCodec(), "runs/run-1/failures/unit-00/", 0);
    other.add(failure("x"));
    other.flush();

    log(0);

    assertThat(store.list("runs/run-1/failures/unit-00/")).hasSize(1);
  }

  @Test
  void losesNoRecordOfManyThreads() {
    RecordLog log = log(0);
    IntStream.range(0, 5000).parallel().forEach(i -> log.add(failure("entry-" + i)));
    log.flush();

    assertThat(entries()).hasSize(5000).doesNotHaveDuplicates();
  }

  @Test
  void namesItsPartsTheSameInEveryLocale() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      RecordLog log = log(0);
      log.add(failure("a"));
      log.flush();
    } finally {
      Locale.setDefault(before);
    }

    assertThat(store.list(FOLDER)).containsExactly(FOLDER + "000000.jsonl");
  }

  @Test
  void aPartThatCannotBeWrittenIsAnError() {
    store.refuseWriting("failures");
    RecordLog log = log(0);
    log.add(failure("a"));

    assertThatExceptionOfType(WorkStoreException.class).isThrownBy(log::flush);
  }

  private RecordLog log(int parts) {
    return new RecordLog(store, new JacksonCodec(), FOLDER, parts);
  }

  private List<String> entries() {
    return new Journal(store, new JacksonCodec(), "run-1")
        .failures(10_000)
        .map(Failure::entry)
        .toList();
  }

  private static Failure failure(String entry) {
    return new Failure("unit-0", entry, "AccessDenied: no", "Allow it.");
  }
}
