package dev.lakebed.iam;

import dev.lakebed.auth.Principal;
import dev.lakebed.iam.config.InvalidConfigException;
import dev.lakebed.iam.config.InvalidConfigException.ConfigProblem;
import dev.lakebed.iam.model.IamSnapshot;
import dev.lakebed.iam.model.IdentityView;
import java.io.UncheckedIOException;
import java.util.function.Function;

/** The identities in force. A reload swaps all of them at once or changes nothing. */
public final class IamDirectory {
  private static final System.Logger LOG = System.getLogger(IamDirectory.class.getName());

  private final IdentityLoader loader;
  private volatile Identities current;
  private volatile IdentityView view;
  private Function<IamSnapshot, IdentityView> layers = snapshot -> snapshot;

  /** Loads; InvalidConfigException has every problem of the files. */
  public IamDirectory(IdentityLoader loader) {
    this.loader = loader;
    this.current = loader.load();
    this.view = current.snapshot();
  }

  public Identities identities() {
    return current;
  }

  /** All identities, for one request. Another object each time that anything may have changed. */
  public IdentityView view() {
    return view;
  }

  /** Puts a further source of identities behind those of the configuration. */
  public synchronized void extend(Function<IamSnapshot, IdentityView> layered) {
    layers = layered;
    refresh();
  }

  /** Makes {@link #view} anew because the source behind the configuration changed. */
  public synchronized void refresh() {
    view = layers.apply(current.snapshot());
  }

  public IamSnapshot snapshot() {
    return current.snapshot();
  }

  public Principal.Anonymous anonymous() {
    return new Principal.Anonymous(snapshot().anonymous());
  }

  /** Loads again. When that fails all stays as it is, and the log says everything that is wrong. */
  public synchronized boolean reload() {
    try {
      current = loader.load();
      refresh();
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
