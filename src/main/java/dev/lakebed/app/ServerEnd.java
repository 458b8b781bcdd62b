package dev.lakebed.app;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/**
 * Stops the server when the requests under way have ended. CDI would do it later, when Payara finds
 * no class of a WAR any more that was not used before.
 */
@WebListener
public final class ServerEnd implements ServletContextListener {
  @Override
  public void contextDestroyed(ServletContextEvent event) {
    CDI.current().select(ServerBean.class).get().stop();
  }
}
