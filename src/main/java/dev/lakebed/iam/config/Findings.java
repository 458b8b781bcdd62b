package dev.lakebed.iam.config;

import dev.lakebed.auth.PolicyWarnings;
import dev.lakebed.iam.model.StsSettings;
import dev.lakebed.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
}
