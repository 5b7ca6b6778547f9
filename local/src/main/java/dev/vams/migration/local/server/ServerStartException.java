package dev.vams.migration.local.server;

/**
 * An embedded server did not start. The message says which one, why, and what to do; no stack trace
 * is needed.
 */
public sealed class ServerStartException extends RuntimeException
    permits PortTakenException, ServersMissingException {

  ServerStartException(String message) {
    super(message);
  }
}
