package dev.vams.migration.local.sample;

/**
 * The two buckets of VAMS 2.1 that hold data. Its other buckets are filled by the deployment or
 * hold logs.
 */
public enum VamsBucket {
  ASSETS("assetStorageBucket", "asset-bucket"),
  ASSET_AUXILIARY("assetAuxiliaryStorageBucket", "asset-auxiliary-bucket");

  private final String descriptor;
  private final String nameSuffix;

  VamsBucket(String descriptor, String nameSuffix) {
    this.descriptor = descriptor;
    this.nameSuffix = nameSuffix;
  }

  /** The name of this bucket in the migration schema templates. */
  public String descriptor() {
    return descriptor;
  }

  String nameSuffix() {
    return nameSuffix;
  }
}
