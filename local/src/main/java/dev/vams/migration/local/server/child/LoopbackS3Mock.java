package dev.vams.migration.local.server.child;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Starts S3Mock so that only this machine can reach it. It always opens a second port, which no
 * setting binds to one address; that one is stopped as soon as the server is up.
 */
public final class LoopbackS3Mock {

  private LoopbackS3Mock() {}

  /**
   * Starts the server and returns; the server's threads keep the process alive.
   *
   * @param arguments S3Mock's own command line; must turn Tomcat's MBean registry on
   * @throws ReflectiveOperationException if S3Mock cannot be called, or has failed to start
   * @throws JMException if the second port cannot be stopped
   */
  public static void main(String[] arguments) throws ReflectiveOperationException, JMException {
    Class.forName("org.springframework.boot.loader.launch.JarLauncher")
        .getMethod("main", String[].class)
        .invoke(null, (Object) arguments);
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    for (ObjectName connector : beans.queryNames(new ObjectName("Tomcat:type=Connector,*"), null)) {
      if (connector.getKeyProperty("address") == null) {
        beans.invoke(connector, "stop", null, null);
      }
    }
  }
}
