package dev.lakebed.app;

import dev.lakebed.app.StartEnd.StartFailure;
import dev.lakebed.auth.TrustedProxies;
import dev.lakebed.iam.ConfigWatcher;
import dev.lakebed.iam.IamDirectory;
import dev.lakebed.iam.Identities;
import dev.lakebed.iam.IdentityLoader;
import dev.lakebed.iam.config.IamConfig;
import dev.lakebed.iam.config.InvalidConfigException;
import dev.lakebed.iam.config.InvalidConfigException.ConfigProblem;
import dev.lakebed.ops.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Identities and whom to believe. */
final class ConfiguredIdentities {
  private ConfiguredIdentities() {}

  /** Reads the files only to see whether they can be used; the failure lists every problem. */
  static void check(Settings settings) {
    try {
      IamConfig.load(settings.configFiles(), environment(settings));
      TrustedProxies.of(settings.network().trustedProxies());
    } catch (InvalidConfigException invalid) {
      throw StartFailure.unusable(
          invalid.problems().stream().map(ConfigProblem::toString).toList());
    } catch (IllegalArgumentException notAnAddress) {
      throw StartFailure.unusable(List.of("LAKEBED_TRUSTED_PROXY: " + notAnAddress.getMessage()));
    }
  }

  /** Refuses to start with keys that can be guessed, if the settings say so; names them all. */
  static void refuseWeakKeys(Settings settings, Identities identities) {
    if (settings.strict() && !identities.weakKeys().isEmpty()) {
      throw StartFailure.unusable(
          identities.weakKeys().stream()
              .map(weak -> "Strict mode: access key " + weak.accessKeyId() + ": " + weak.reason())
              .toList());
    }
  }

  static IdentityLoader loader(Settings settings, DataDirectory data) {
    return new IdentityLoader(settings.configFiles(), environment(settings), data.resolve("keys"));
  }

  static ConfigWatcher watch(IamDirectory directory, IdentityLoader loader) {
    ConfigWatcher watcher = new ConfigWatcher(directory, loader);
    watcher.start(ConfigWatcher.INTERVAL);
    return watcher;
  }

  /**
   * Whether the IAM API refuses changes. Identities that are named in files are kept there, and two
   * places for them would be one too many; else the API is the only way to have more than one.
   */
  static boolean isIamReadOnly(Settings settings, IamDirectory directory) {
    return settings.iamReadOnly().orElseGet(() -> directory.identities().inFiles());
  }

  /** Tells the operator who may do everything, and what is dangerous about the identities. */
  static void tell(Settings settings, Identities identities, StartLog log) {
    identities.administrators().forEach(log::say);
    identities.warnings().forEach(log::warn);
    if (!settings.listeners().loopbackOnly()) {
      for (var weak : identities.weakKeys()) {
        log.warn(
            ("WEAK KEY on an address that others can reach: access key %s: %s."
                    + " LAKEBED_STRICT=true refuses to start with it")
                .formatted(weak.accessKeyId(), weak.reason()));
      }
    }
  }

  private static Map<String, String> environment(Settings settings) {
    Map<String, String> environment = new HashMap<>(System.getenv());
    if (settings.administrator().isPresent()) {
      environment.put("LAKEBED_ACCESS_KEY", settings.administrator().get().accessKey());
      environment.put("LAKEBED_SECRET_KEY", settings.administrator().get().secretKey());
    }
    return environment;
  }
}
