package dev.lakebed.front.servlet;

import dev.lakebed.front.Front;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * The JAX-RS application at the root of the server. Its filter and resources are instances that got
 * their collaborators once.
 */
@ApplicationPath("/")
public final class LakebedApplication extends Application {
  private static final String FULL = "jersey.config.";

  // The only way of Jakarta REST 3.1 to register instances; deprecated there without a successor.
  @SuppressWarnings("deprecation")
  @Override
  public Set<Object> getSingletons() {
    return CDI.current().select(JaxRsComponents.class).get().all();
  }

  @Override
  public Map<String, Object> getProperties() {
    return Map.of(
        FULL + "server.wadl.disableWadl", true,
        FULL + "disableAutoDiscovery", true,
        FULL + "server.disableAutoDiscovery", true,
        FULL + "server.response.setStatusOverSendError", true);
  }

  /** The JAX-RS filter and resources, which get their collaborators once. */
  public static final class JaxRsComponents {
    private final Set<Object> all;
    private final Front front;
    private final BooleanSupplier watched;

    /**
     * Makes them.
     *
     * @param watched whether every connection has to have passed the hook
     */
    public JaxRsComponents(Front front, BooleanSupplier watched) {
      this.all = Set.of(new AdmissionFilter(front), new ServiceResource(front));
      this.front = front;
      this.watched = watched;
    }

    Front front() {
      return front;
    }

    /** Whether a connection has to have passed the hook by now. */
    boolean isWatched() {
      return watched.getAsBoolean();
    }

    Set<Object> all() {
      return all;
    }
  }
}
