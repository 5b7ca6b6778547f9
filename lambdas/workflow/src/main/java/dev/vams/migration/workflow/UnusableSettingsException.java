package dev.vams.migration.workflow;

/**
 * No client can be built with the settings of AWS that were found. The message names the setting.
 */
public final class UnusableSettingsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnusableSettingsException(String message, Throwable cause) {
    super(message, cause);
  }
}
