package dev.lakebed.edge.payara;

import java.lang.reflect.Field;
import java.util.Collection;
import org.glassfish.grizzly.filterchain.FilterChain;
import org.glassfish.grizzly.http.HttpCodecFilter;
import org.glassfish.grizzly.http.server.HttpServerFilter;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;

/**
 * Puts {@link RawTargetFilter} and {@link ChunkedContinue} in front of the server's own handling on
 * every listener. Payara's internal classes are reached by reflection, so that the WAR loads on any
 * server.
 */
public final class GrizzlyHook {
  /** Carries the raw request target; dropped when a client sends it. */
  public static final String HEADER = "x-lakebed-raw-target";

  /** The path that the server sees instead. */
  public static final String PATH = "/-raw";

  private GrizzlyHook() {}

  /**
   * Installs the filter.
   *
   * @return number of listeners that have it now; 0 when this is not Payara, or none listens yet
   * @throws ReflectiveOperationException when Payara's internals are not as expected
   */
  public static int install() throws ReflectiveOperationException {
    Object grizzly = grizzlyService();
    int installed = 0;
    for (Object proxy : (Collection<?>) field(grizzly, "proxies")) {
      Object listener = proxy.getClass().getMethod("getUnderlyingListener").invoke(proxy);
      Object transport = listener.getClass().getMethod("getTransport").invoke(listener);
      if (transport instanceof TCPNIOTransport tcp
          && tcp.getProcessor() instanceof FilterChain chain
          && install(chain)) {
        installed++;
      }
    }
    return installed;
  }

  private static boolean install(FilterChain chain) throws ReflectiveOperationException {
    HttpCodecFilter codec = null;
    for (int i = 0; i < chain.size(); i++) {
      if (chain.get(i) instanceof HttpCodecFilter found) {
        codec = found;
      }
      if (chain.get(i) instanceof RawTargetFilter) {
        return true;
      }
      if (chain.get(i) instanceof HttpServerFilter) {
        if (codec != null) {
          codec.getMonitoringConfig().addProbes(new ChunkedContinue());
        }
        chain.add(i, new RawTargetFilter(HEADER, PATH));
        return true;
      }
    }
    return false;
  }

  private static Object grizzlyService() throws ReflectiveOperationException {
    Class<?> globals = Class.forName("org.glassfish.internal.api.Globals");
    Object locator = globals.getMethod("getDefaultBaseServiceLocator").invoke(null);
    Class<?> service = Class.forName("com.sun.enterprise.v3.services.impl.GrizzlyService");
    Class<?> serviceLocator = Class.forName("org.glassfish.hk2.api.ServiceLocator");
    return serviceLocator
        .getMethod("getService", Class.class, java.lang.annotation.Annotation[].class)
        .invoke(locator, service, new java.lang.annotation.Annotation[0]);
  }

  private static Object field(Object owner, String name) throws ReflectiveOperationException {
    Field field = owner.getClass().getDeclaredField(name);
    field.setAccessible(true);
    return field.get(owner);
  }
}
