package dev.lakebed.iam.config;

import dev.lakebed.auth.PolicyWarnings;
import dev.lakebed.iam.config.IamConfig.WeakKey;
import dev.lakebed.iam.config.InvalidConfigException.ConfigProblem;
import dev.lakebed.iam.model.StsSettings;
import dev.lakebed.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the sections of a configuration share while they are read. */
final class Findings {
  private final Map<String, String> environment;
  private final List<ConfigProblem> problems = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final List<WeakKey> weakKeys = new ArrayList<>();
  private StsSettings sts = StsSettings.DEFAULT;

  Findings(Map<String, String> environment) {
    this.environment = environment;
  }

  Map<String, String> environment() {
    return environment;
  }

  List<ConfigProblem> problems() {
    return problems;
  }

  void warn(Element element, String message) {
    warnings.add(element.path() + ": " + message);
  }

  /** Warns of a policy that is accepted and says other than its author may believe. */
  void warn(Element element, Policy policy) {
    PolicyWarnings.of(policy).forEach(warning -> warn(element, warning));
  }

  List<String> warnings() {
    return warnings;
  }

  void weak(WeakKey key) {
    weakKeys.add(key);
  }

  List<WeakKey> weakKeys() {
    return weakKeys;
  }

  void sts(StsSettings settings) {
    this.sts = settings;
  }

  StsSettings sts() {
    return sts;
  }

  String account() {
    return sts.account();
  }

  /** Replaces {@code ${NAME}} in secrets by environment variables. */
  static final class Variables {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

    private Variables() {}

    /** The text with its variables replaced; empty, with a warning, when one of them is not set. */
    static Optional<String> expand(String text, Element element, Findings findings) {
      StringBuilder expanded = new StringBuilder();
      Matcher variable = VARIABLE.matcher(text);
      while (variable.find()) {
        String value = findings.environment().get(variable.group(1));
        if (value == null) {
          findings.warn(
              element,
              "environment variable " + variable.group(1) + " is not set; the key is left out");
          return Optional.empty();
        }
        variable.appendReplacement(expanded, Matcher.quoteReplacement(value));
      }
      return Optional.of(variable.appendTail(expanded).toString());
    }
  }
}
