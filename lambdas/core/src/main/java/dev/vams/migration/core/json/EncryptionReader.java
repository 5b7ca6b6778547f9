package dev.vams.migration.core.json;

import static dev.vams.migration.core.json.SchemaProperty.BUCKET_KEY;
import static dev.vams.migration.core.json.SchemaProperty.ENCRYPTION;
import static dev.vams.migration.core.json.SchemaProperty.KEY_ARN;
import static dev.vams.migration.core.json.SchemaProperty.KMS_KEY_ARNS_TO;
import static dev.vams.migration.core.json.SchemaProperty.OF_ENCRYPTION;
import static dev.vams.migration.core.json.SchemaProperty.TYPE;

import dev.vams.migration.core.store.Encryption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads how the objects of a target bucket are to be encrypted. */
final class EncryptionReader {
  private static final String TYPES =
      "one of " + Quoted.list(Arrays.stream(Encryption.Type.values()).map(Enum::name).toList());

  private final List<String> keyArns;
  private final Problems problems;

  /**
   * @param keyArns the keys of stack B: others may not be used
   */
  EncryptionReader(List<String> keyArns, Problems problems) {
    this.keyArns = List.copyOf(keyArns);
    this.problems = problems;
  }

  /** Empty for the target bucket's default, or when there is a problem. */
  Optional<Encryption> read(JsonObject entry) {
    return entry
        .optionalObject(
            ENCRYPTION,
            "an object with \"type\", or remove it: then the bucket's default is used",
            OF_ENCRYPTION)
        .flatMap(this::encryption);
  }

  private Optional<Encryption> encryption(JsonObject encryption) {
    Optional<Encryption.Type> type = type(encryption);
    boolean usesKey = type.isPresent() && type.get() != Encryption.Type.SSE_S3;
    Optional<String> keyArn =
        usesKey ? encryption.text(KEY_ARN, keyMeaning()) : unusedKey(encryption, type);
    Optional<Boolean> bucketKey =
        encryption.optionalTruth(BUCKET_KEY, "true or false, without quotation marks");
    boolean isGranted = !usesKey || isGranted(encryption, keyArn);
    boolean isOffered = isOffered(encryption, type, bucketKey.orElse(false));
    if (type.isEmpty() || usesKey != keyArn.isPresent() || !isGranted || !isOffered) {
      return Optional.empty();
    }
    return Optional.of(
        new Encryption(
            type.get(), keyArn, bucketKey.orElse(type.get() == Encryption.Type.SSE_KMS)));
  }

  private Optional<Encryption.Type> type(JsonObject encryption) {
    Optional<String> written = encryption.text(TYPE, TYPES);
    Optional<Encryption.Type> known =
        written.flatMap(
            name ->
                Arrays.stream(Encryption.Type.values())
                    .filter(type -> type.name().equals(name))
                    .findFirst());
    if (written.isPresent() && known.isEmpty()) {
      problems.add(
          encryption.pathOf(TYPE),
          Quoted.text(written.get()) + " is not a value of " + Quoted.text(TYPE),
          "Write " + TYPES + ".");
    }
    return known;
  }

  private Optional<String> unusedKey(JsonObject encryption, Optional<Encryption.Type> type) {
    Optional<String> keyArn = encryption.optionalText(KEY_ARN, keyMeaning());
    if (type.isPresent() && keyArn.isPresent()) {
      problems.add(
          encryption.pathOf(KEY_ARN),
          type.get() + " uses S3's own keys",
          "Remove it, or write \"%s\" as the type.".formatted(Encryption.Type.SSE_KMS));
    }
    return keyArn;
  }

  private boolean isGranted(JsonObject encryption, Optional<String> keyArn) {
    if (keyArn.isEmpty() || keyArns.contains(keyArn.get())) {
      return true;
    }
    problems.add(
        encryption.pathOf(KEY_ARN),
        "%s is not in \"%s\"".formatted(Quoted.text(keyArn.get()), KMS_KEY_ARNS_TO),
        "Add it there, so that the workers may use it, or write %s.".formatted(keyMeaning()));
    return false;
  }

  private boolean isOffered(
      JsonObject encryption, Optional<Encryption.Type> type, boolean bucketKey) {
    if (!bucketKey || type.isEmpty() || type.get() == Encryption.Type.SSE_KMS) {
      return true;
    }
    problems.add(
        encryption.pathOf(BUCKET_KEY),
        type.get() + " has no bucket keys",
        "Remove it, or write \"%s\" as the type.".formatted(Encryption.Type.SSE_KMS));
    return false;
  }

  private static String keyMeaning() {
    return "the ARN of a key of stack B that is in \"%s\"".formatted(KMS_KEY_ARNS_TO);
  }
}
