package dev.lakebed.iam.config;

import dev.lakebed.auth.PolicyWarnings;
import dev.lakebed.iam.config.IamConfig.WeakKey;
import dev.lakebed.iam.config.InvalidConfigException.ConfigProblem;
import dev.lakebed.iam.model.StsSettings;
import dev.lakebed.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the sections of a configuration share while they are read; all of it grows. */
record Findings(
    Map<String, String> environment,
    List<ConfigProblem> problems,
    List<String> warnings,
    List<WeakKey> weakKeys,
    AtomicReference<StsSettings> sts) {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

  Findings(Map<String, String> environment) {
    this(
        environment,
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new AtomicReference<>(StsSettings.DEFAULT));
  }

  void warn(Element element, String message) {
    warnings.add(element.path() + ": " + message);
  }

  /** Warns of a policy that is accepted and says other than its author may believe. */
  void warn(Element element, Policy policy) {
    PolicyWarnings.of(policy).forEach(warning -> warn(element, warning));
  }

  /** A switch that leaves TLS certificates unchecked, with a warning of what that permits. */
  boolean unchecked(Fields config, String name, String danger) {
    boolean set = config.flag(name, false);
    if (set) {
      warn(config.element(), name + ": whoever can redirect the connection can " + danger);
    }
    return set;
  }

  /** The settings as far as they are read. */
  StsSettings settings() {
    return Objects.requireNonNull(sts.get());
  }

  String account() {
    return settings().account();
  }

  /** The text with its {@code ${NAME}} replaced; empty, with a warning, when one is not set. */
  Optional<String> expand(Element element) {
    Optional<String> text = element.text();
    if (text.isEmpty()) {
      return text;
    }
    StringBuilder expanded = new StringBuilder();
    Matcher variable = VARIABLE.matcher(text.get());
    while (variable.find()) {
      String value = environment.get(variable.group(1));
      if (value == null) {
        warn(
            element,
            "environment variable " + variable.group(1) + " is not set; the key is left out");
        return Optional.empty();
      }
      variable.appendReplacement(expanded, Matcher.quoteReplacement(value));
    }
    return Optional.of(variable.appendTail(expanded).toString());
  }
}
