package dev.vams.migration.infra.settings;

/**
 * The context or a schema file cannot be deployed. The message is written for the person who runs
 * the CDK.
 */
public final class SettingsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SettingsException(String message) {
    super(message);
  }

  SettingsException(String message, Throwable cause) {
    super(message, cause);
  }
}
