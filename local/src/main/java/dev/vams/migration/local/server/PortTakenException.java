package dev.vams.migration.local.server;

/**
 * The port asked for an embedded server cannot be listened on, usually because another program has
 * it.
 */
public final class PortTakenException extends ServerStartException {

  PortTakenException(String server, int port, String reason) {
    super(
        "%s cannot listen on 127.0.0.1:%d (%s). Stop the program that uses this port, choose another port, or use 0 for a free one."
            .formatted(server, port, reason));
  }
}
