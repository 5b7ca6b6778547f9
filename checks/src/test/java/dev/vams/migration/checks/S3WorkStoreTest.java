package dev.vams.migration.checks;

import dev.vams.migration.core.store.WorkStore;
import dev.vams.migration.core.store.WorkStoreContract;
import dev.vams.migration.s3.S3WorkStore;
import java.util.UUID;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.s3.S3AsyncClient;

@ExtendWith(Servers.class)
class S3WorkStoreTest implements WorkStoreContract {
  private final WorkStore store;

  S3WorkStoreTest(S3AsyncClient s3) {
    String bucket = "work-" + UUID.randomUUID();
    s3.createBucket(request -> request.bucket(bucket)).join();
    store = new S3WorkStore(s3, bucket);
  }

  @Override
  public WorkStore store() {
    return store;
  }
}
