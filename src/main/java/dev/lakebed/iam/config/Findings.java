package dev.lakebed.iam.config;

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

  /** Warns of actions that nobody knows: the policy is accepted and matches less than it says. */
  void unknownActions(Element element, Policy policy) {
    policy.unknownActions().forEach(unknown -> warn(element, unknown.toString()));
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
