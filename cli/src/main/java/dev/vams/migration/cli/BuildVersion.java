package dev.vams.migration.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version of the build, which writes it into a file beside this class. */
final class BuildVersion implements IVersionProvider {
  private static final String FILE = "build.properties";

  @Override
  public String[] getVersion() throws IOException {
    Properties build = new Properties();
    try (InputStream file = BuildVersion.class.getResourceAsStream(FILE)) {
      build.load(file);
    }
    return new String[] {"vams-migrate " + build.getProperty("version")};
  }
}
