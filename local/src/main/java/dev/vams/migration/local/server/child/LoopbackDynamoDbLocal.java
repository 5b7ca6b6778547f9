package dev.vams.migration.local.server.child;

import java.lang.reflect.Field;

/**
 * Starts DynamoDB Local so that only this machine can reach it. Its own main class always listens
 * on every network interface and has no option for that, so the host is set on its web server
 * before that starts.
 */
public final class LoopbackDynamoDbLocal {

  private LoopbackDynamoDbLocal() {}

  /**
   * Starts the server and returns; the server's threads keep the process alive.
   *
   * @param arguments DynamoDB Local's own command line
   * @throws ReflectiveOperationException if this is not the DynamoDB Local it was written for, or
   *     if it fails to start
   */
  public static void main(String[] arguments) throws ReflectiveOperationException {
    Object proxy =
        Class.forName("com.amazonaws.services.dynamodbv2.local.main.ServerRunner")
            .getMethod("createServerFromCommandLineArgs", String[].class)
            .invoke(null, (Object) arguments);
    Field field = proxy.getClass().getDeclaredField("server");
    field.setAccessible(true);
    Object webServer = field.get(proxy);
    for (Object connector :
        (Object[]) webServer.getClass().getMethod("getConnectors").invoke(webServer)) {
      connector.getClass().getMethod("setHost", String.class).invoke(connector, "127.0.0.1");
    }
    proxy.getClass().getMethod("safeStart").invoke(proxy);
  }
}
