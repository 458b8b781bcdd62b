package dev.lakebed.ops;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Reads settings from system properties and the environment, properties first. An unknown name is a
 * problem, because a mistyped setting would silently do nothing.
 */
public final class SettingSource {
  private SettingSource() {}

  /**
   * The values given.
   *
   * @throws InvalidSettingsException for a name that is no setting
   */
  public static Map<Setting, String> read(
      Map<String, String> environment, Map<String, String> properties) {
    List<String> problems = new ArrayList<>();
    Map<Setting, String> values = new EnumMap<>(Setting.class);
    environment.forEach(
        (name, value) -> {
          if (name.startsWith("LAKEBED_")) {
            Setting.ofVariable(name)
                .ifPresentOrElse(
                    setting -> values.put(setting, value),
                    () -> problems.add("environment variable " + name + " is no setting"));
          }
        });
    properties.forEach(
        (name, value) -> {
          if (name.startsWith("lakebed.")) {
            Setting.ofProperty(name)
                .ifPresentOrElse(
                    setting -> values.put(setting, value),
                    () -> problems.add("property " + name + " is no setting"));
          }
        });
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(problems);
    }
    return values;
  }
}
