package dev.lakebed.iam.config;

import java.util.List;

/** What a server does about keys that can be guessed. */
public final class WeakKeyRule {
  private WeakKeyRule() {}

  /**
   * Lines for the start banner: none when there is no weak key, or only this machine can reach the
   * server.
   *
   * @param loopbackOnly whether the server listens on loopback addresses only
   * @param strict {@code LAKEBED_STRICT}
   * @throws InvalidConfigException in strict mode, naming every weak key
   */
  public static List<String> enforce(List<WeakKey> weakKeys, boolean loopbackOnly, boolean strict) {
    if (strict && !weakKeys.isEmpty()) {
      throw new InvalidConfigException(
          weakKeys.stream()
              .map(key -> new ConfigProblem("LAKEBED_STRICT=true", "", 0, 0, refusal(key)))
              .toList());
    }
    return loopbackOnly
        ? List.of()
        : weakKeys.stream().map(key -> "WEAK KEY: " + text(key)).toList();
  }

  private static String text(WeakKey key) {
    return "access key %s: %s".formatted(key.accessKeyId(), key.reason());
  }

  private static String refusal(WeakKey key) {
    return text(key) + "; weak keys are refused";
  }
}
