package dev.vams.migration.local.server;

import java.nio.file.Path;

/** The jars of an embedded server are not where the build puts them. */
public final class ServersMissingException extends ServerStartException {

  ServersMissingException(String server, Path missing) {
    super(
        "%s is not in %s. Run this once: ./mvnw -B -pl local/servers package"
            .formatted(server, missing));
  }
}
