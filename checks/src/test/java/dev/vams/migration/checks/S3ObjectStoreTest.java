package dev.vams.migration.checks;

import dev.vams.migration.core.store.ObjectStoreContract;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.s3.S3AsyncClient;

@ExtendWith(Servers.class)
class S3ObjectStoreTest implements ObjectStoreContract {
  private final Fixture fixture;

  S3ObjectStoreTest(S3AsyncClient s3) {
    fixture = new S3Fixture(s3);
  }

  @Override
  public Fixture fixture() {
    return fixture;
  }
}
