package dev.lakebed.ops;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

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
                    () -> problems.add("environment variable " + unknown(name, Setting::variable)));
          }
        });
    properties.forEach(
        (name, value) -> {
          if (name.startsWith("lakebed.") && !name.startsWith(LaunchSetting.PREFIX)) {
            Setting.ofProperty(name)
                .ifPresentOrElse(
                    setting -> values.put(setting, value),
                    () -> problems.add("property " + unknown(name, Setting::property)));
          }
        });
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(problems);
    }
    return values;
  }

  private static String unknown(String name, Function<Setting, String> names) {
    return name
        + " is no setting"
        + SettingSpelling.nearest(name, Arrays.stream(Setting.values()).map(names))
            .map(nearest -> "; did you mean " + nearest + "?")
            .orElse("");
  }
}
