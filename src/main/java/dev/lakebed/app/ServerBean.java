package dev.lakebed.app;

import dev.lakebed.app.StartEnd.StartFailure;
import dev.lakebed.front.servlet.LakebedApplication.JaxRsComponents;
import dev.lakebed.ops.LaunchSetting;
import dev.lakebed.ops.SettingValues.SettingSource;
import dev.lakebed.ops.SettingsReader;
import dev.lakebed.ops.SettingsReader.InvalidSettingsException;
import dev.lakebed.storage.blob.BlobStore;
import dev.lakebed.storage.files.DurableDirectory.FileFault;
import dev.lakebed.task.EndOfMemory;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Starts the server when the application is deployed and stops it when it goes. Gives its parts to
 * CDI as plain singletons: a client proxy on the way of every request would cost time for nothing.
 */
@ApplicationScoped
public class ServerBean {
  private @Nullable Server server;

  /** Starts everything before the first request can come in. */
  void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
    EndOfMemory.watchThreads();
    try {
      server =
          new Server(
              SettingsReader.read(SettingSource.read(System.getenv(), System.getProperties())));
      System.setProperty(LaunchSetting.ANSWERED, "true");
    } catch (InvalidSettingsException invalid) {
      throw StartEnd.failed(StartFailure.unusable(invalid.problems()));
    } catch (StartFailure failure) {
      throw StartEnd.failed(failure);
    } catch (IOException failure) {
      throw StartEnd.failed(unusable(failure));
    } catch (UncheckedIOException failure) {
      throw StartEnd.failed(unusable(Objects.requireNonNull(failure.getCause())));
    } catch (RuntimeException | LinkageError unexpected) {
      throw StartEnd.failed(unexpected);
    }
  }

  private static StartFailure unusable(IOException failure) {
    return StartFailure.here(
        "A file of the data directory cannot be used: " + FileFault.words(failure));
  }

  /** The JAX-RS filter and resources. */
  @Produces
  @Singleton
  JaxRsComponents components() {
    return running().components();
  }

  /** The blob service. */
  @Produces
  @Singleton
  BlobStore blobs() {
    return running().blobs();
  }

  /** Where a container does not come by {@link ServerEnd}, CDI stops the server. */
  @PreDestroy
  void stop() {
    Server ending = server;
    server = null;
    if (ending != null) {
      if (StartEnd.isPayaraMicro()) {
        LaunchSetting.silenceContainer();
      }
      ending.close();
    }
  }

  private Server running() {
    if (server == null) {
      throw new IllegalStateException("the server did not start");
    }
    return server;
  }
}
