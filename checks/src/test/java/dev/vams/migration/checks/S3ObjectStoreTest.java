package dev.vams.migration.checks;

import dev.vams.migration.core.store.ObjectStoreContract;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.s3.S3AsyncClient;

@ExtendWith(Servers.class)
class S3ObjectStoreTest implements ObjectStoreContract {
  private final Fixture fixture;

  S3ObjectStoreTest(S3AsyncClient s3) {
    fixture = new S3Fixture(s3);
  }

  @Override
  @Test
  @Disabled("S3Mock knows no place within a key: it ignores the version id to go on behind")
  public void aListingOfVersionsGoesOnBehindAVersionAndBehindAKey() {}

  @Override
  @Test
  @Disabled("S3Mock does not look at the conditions of a copy")
  public void nothingIsWrittenBehindAnotherVersionThanTheExpectedOne() {}

  @Override
  @Test
  @Disabled("S3Mock answers with the version that it deleted")
  public void deletingTellsWhichVersionTheDeleteMarkerIs() {}

  @Override
  @Test
  @Disabled("S3Mock makes no delete marker of a key that is not there")
  public void aKeyMayBeDeletedTwice() {}

  @Override
  public Fixture fixture() {
    return fixture;
  }
}
