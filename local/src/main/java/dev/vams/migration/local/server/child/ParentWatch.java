package dev.vams.migration.local.server.child;

import java.io.IOException;
import java.util.Arrays;

/**
 * Runs another main class until the parent process goes away.
 *
 * <p>The parent holds this process's standard input open and never writes to it. The operating
 * system closes that pipe when the parent ends, however it ends, so the end of input is the one
 * signal that even {@code kill -9} cannot suppress.
 */
public final class ParentWatch {

  private ParentWatch() {}

  /**
   * Calls the main class named first with the remaining arguments.
   *
   * @param arguments the main class to run, then its own arguments
   * @throws ReflectiveOperationException if the main class cannot be called, or has failed
   */
  public static void main(String[] arguments) throws ReflectiveOperationException {
    Thread watch = new Thread(ParentWatch::haltWhenParentEnds, "parent-watch");
    watch.setDaemon(true);
    watch.start();
    Class.forName(arguments[0])
        .getMethod("main", String[].class)
        .invoke(null, (Object) Arrays.copyOfRange(arguments, 1, arguments.length));
  }

  private static void haltWhenParentEnds() {
    try {
      while (System.in.read() >= 0) {
        // The parent sends nothing; whatever arrives means that it is still there.
      }
    } catch (IOException brokenPipe) {
      System.err.println("Lost the parent process: " + brokenPipe.getMessage());
    }
    // Not exit: the servers hold nothing worth saving, and their shutdown hooks take seconds.
    Runtime.getRuntime().halt(0);
  }
}
