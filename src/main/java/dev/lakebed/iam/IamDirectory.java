package dev.lakebed.iam;

import dev.lakebed.auth.Principal;
import dev.lakebed.iam.config.ConfigProblem;
import dev.lakebed.iam.config.InvalidConfigException;
import dev.lakebed.iam.model.IamSnapshot;
import java.io.UncheckedIOException;

/** The identities in force. A reload swaps all of them at once or changes nothing. */
public final class IamDirectory {
  private static final System.Logger LOG = System.getLogger(IamDirectory.class.getName());

  private final IdentityLoader loader;
  private volatile Identities current;

  /**
   * Loads for the first time.
   *
   * @throws InvalidConfigException with every problem of the files
   */
  public IamDirectory(IdentityLoader loader) {
    this.loader = loader;
    this.current = loader.load();
  }

  /** Everything that the last successful load gave. */
  public Identities identities() {
    return current;
  }

  /** The identities to use for one request. */
  public IamSnapshot snapshot() {
    return current.snapshot();
  }

  /** The caller without credentials. */
  public Principal.Anonymous anonymous() {
    return new Principal.Anonymous(snapshot().anonymous());
  }

  /**
   * Loads again. When that fails the identities stay as they are and the log says everything that
   * is wrong.
   *
   * @return whether the new configuration is in force
   */
  public synchronized boolean reload() {
    try {
      current = loader.load();
      current.warnings().forEach(warning -> LOG.log(System.Logger.Level.WARNING, warning));
      LOG.log(System.Logger.Level.INFO, "identities reloaded");
      return true;
    } catch (InvalidConfigException invalid) {
      for (ConfigProblem problem : invalid.problems()) {
        LOG.log(System.Logger.Level.ERROR, problem.toString());
      }
      LOG.log(System.Logger.Level.ERROR, "configuration not reloaded; the old one stays in force");
    } catch (UncheckedIOException unreadable) {
      LOG.log(System.Logger.Level.ERROR, "configuration not reloaded", unreadable);
    }
    return false;
  }
}
