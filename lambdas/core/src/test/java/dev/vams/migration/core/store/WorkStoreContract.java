package dev.vams.migration.core.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;

/** What every work store does. */
public interface WorkStoreContract {

  /** An empty work store. */
  WorkStore store();

  @Test
  default void givesBackWhatWasPut() {
    WorkStore store = store();
    byte[] everyByte = new byte[256];
    for (int i = 0; i < everyByte.length; i++) {
      everyByte[i] = (byte) i;
    }
    store.put("runs/a/bytes", everyByte);
    store.put("runs/a/nothing", new byte[0]);

    assertThat(store.get("runs/a/bytes")).hasValue(everyByte);
    assertThat(store.get("runs/a/nothing")).hasValue(new byte[0]);
  }

  @Test
  default void aMissingFileIsEmpty() {
    assertThat(store().get("runs/a/missing")).isEmpty();
  }

  @Test
  default void openingAMissingFileFailsAndNamesIt() {
    WorkStore store = store();

    assertThatExceptionOfType(WorkStoreException.class)
        .isThrownBy(() -> store.open("runs/a/missing").close())
        .withMessageContaining("runs/a/missing");
  }

  @Test
  default void aFileReplacesTheOneBefore() {
    WorkStore store = store();
    store.put("runs/a/plan.json", "a longer text than the next".getBytes(UTF_8));
    store.put("runs/a/plan.json", "short".getBytes(UTF_8));

    assertThat(store.get("runs/a/plan.json")).hasValue("short".getBytes(UTF_8));
  }

  @Test
  default void whatIsPutAndGotIsACopy() {
    WorkStore store = store();
    byte[] mine = {1, 2, 3};
    store.put("runs/a/file", mine);
    mine[0] = 9;
    store.get("runs/a/file").orElseThrow()[1] = 9;

    assertThat(store.get("runs/a/file")).hasValue(new byte[] {1, 2, 3});
  }

  @Test
  default void aStreamedFileAppearsWhenItIsClosed() throws IOException {
    WorkStore store = store();
    OutputStream out = store.create("runs/a/units.jsonl");
    out.write("one\n".getBytes(UTF_8));
    assertThat(store.get("runs/a/units.jsonl")).isEmpty();
    assertThat(store.list("runs/a/")).isEmpty();
    out.write("two\n".getBytes(UTF_8));
    out.close();

    try (InputStream in = store.open("runs/a/units.jsonl")) {
      assertThat(in.readAllBytes()).isEqualTo("one\ntwo\n".getBytes(UTF_8));
    }
  }

  @Test
  default void listsByPrefixInAscendingOrder() {
    WorkStore store = store();
    for (String key :
        new String[] {"runs/b/x", "runs/a/parts/000010", "runs/a/parts/000002", "runs/a/plan"}) {
      store.put(key, new byte[] {1});
    }

    assertThat(store.list("runs/a/"))
        .containsExactly("runs/a/parts/000002", "runs/a/parts/000010", "runs/a/plan");
    assertThat(store.list("runs/a/pl")).containsExactly("runs/a/plan");
    assertThat(store.list("runs/missing/")).isEmpty();
  }

  @Test
  default void aLocationEndsInTheKey() {
    assertThat(store().location("runs/a/report.txt")).endsWith("runs/a/report.txt");
  }
}
