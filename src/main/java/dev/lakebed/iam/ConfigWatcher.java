package dev.lakebed.iam;

import dev.lakebed.task.PeriodicTimer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Looks at the configuration files at an interval and reloads the directory when one changed. */
public final class ConfigWatcher implements AutoCloseable {
  /** How often a running server looks. */
  public static final Duration INTERVAL = Duration.ofSeconds(2);

  private static final System.Logger LOG = System.getLogger(ConfigWatcher.class.getName());

  private final IamDirectory directory;
  private final List<Path> files;

  /** Never fails: {@link #look} reports its own failures. */
  private final PeriodicTimer timer = new PeriodicTimer("lakebed-config-watcher");

  private List<FileState> seen;

  public ConfigWatcher(IamDirectory directory, IdentityLoader loader) {
    this.directory = directory;
    this.files = loader.files();
    this.seen = states();
  }

  public void start(Duration interval) {
    timer.every(interval, "The look at the configuration", this::look);
  }

  private void look() {
    List<FileState> now = states();
    if (now.equals(seen)) {
      return;
    }
    seen = now;
    try {
      directory.reload();
    } catch (RuntimeException failed) {
      LOG.log(System.Logger.Level.ERROR, "configuration not reloaded", failed);
    }
  }

  private List<FileState> states() {
    return files.stream().map(FileState::of).toList();
  }

  @Override
  public void close() {
    timer.close();
  }

  /**
   * What a file looked like, to see whether it changed since. Kubernetes swaps a link and editors
   * swap the file, so the file behind all links is looked at.
   */
  record FileState(String text) {
    static FileState of(Path file) {
      try {
        Path real = file.toRealPath();
        return new FileState(real + " " + Files.getLastModifiedTime(real) + " " + Files.size(real));
      } catch (IOException unreadable) {
        return new FileState(unreadable.toString());
      }
    }
  }

  /** Has files of keys read again within a second of a change, also while nobody uses the keys. */
  public static final class KeyWatch implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofMillis(250);

    private final PeriodicTimer timer = new PeriodicTimer("lakebed-key-watch");

    private KeyWatch() {}

    public static KeyWatch start(List<Runnable> looks) {
      KeyWatch watch = new KeyWatch();
      for (Runnable look : looks) {
        watch.timer.every(INTERVAL, "The look at a file of keys", look);
      }
      return watch;
    }

    @Override
    public void close() {
      timer.close();
    }
  }
}
