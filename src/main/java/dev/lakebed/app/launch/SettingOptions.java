package dev.lakebed.app.launch;

import dev.lakebed.ops.Setting;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParseResult;

/** The settings as options of a command, with their help, made from the one list. */
final class SettingOptions {
  private SettingOptions() {}

  /** Gives a command every setting that may stand on a command line. */
  static void addTo(CommandSpec command) {
    for (Setting setting : Setting.values()) {
      setting
          .option()
          .ifPresent(name -> command.addOption(option(setting, description(setting), name)));
    }
    UsageMessageSpec usage = command.usageMessage();
    usage.footer(
        Stream.concat(Arrays.stream(usage.footer()), variablesOnly()).toArray(String[]::new));
  }

  /** A setting as an option of these names. */
  static OptionSpec option(Setting setting, String description, String... names) {
    OptionSpec.Builder option =
        OptionSpec.builder(names[0], Arrays.copyOfRange(names, 1, names.length))
            .paramLabel(setting.label())
            .description(escaped(description));
    if (setting.isList()) {
      return option.type(List.class).auxiliaryTypes(String.class).build();
    }
    option.type(String.class);
    return setting.isSwitch() ? option.arity("0..1").fallbackValue("true").build() : option.build();
  }

  /** What options built here were given as. */
  static Map<Setting, String> given(ParseResult parsed, Map<Setting, String> names) {
    Map<Setting, String> given = new EnumMap<>(Setting.class);
    names.forEach(
        (setting, name) -> {
          Object value = parsed.matchedOptionValue(name, null);
          if (value instanceof List<?> several) {
            given.put(setting, String.join(",", several.stream().map(String::valueOf).toList()));
          } else if (value != null) {
            given.put(setting, value.toString());
          }
        });
    return given;
  }

  /** Those of the names that stand on the command line. */
  static Map<Setting, String> used(ParseResult parsed, Map<Setting, String> names) {
    Map<Setting, String> used = new EnumMap<>(names);
    used.values().removeIf(name -> !parsed.hasMatchedOption(name));
    return used;
  }

  /** The options that {@link #addTo} gives. */
  static Map<Setting, String> names() {
    Map<Setting, String> names = new EnumMap<>(Setting.class);
    for (Setting setting : Setting.values()) {
      setting.option().ifPresent(name -> names.put(setting, name));
    }
    return names;
  }

  private static String description(Setting setting) {
    return setting.description()
        + (setting.isList() ? "; may be given again" : "")
        + ". "
        + setting.variable()
        + (setting.defaultValue().isEmpty() ? "" : ", default " + setting.defaultValue());
  }

  private static Stream<String> variablesOnly() {
    Stream<String> lines =
        Arrays.stream(Setting.values())
            .filter(setting -> setting.option().isEmpty())
            .map(
                setting ->
                    "  %-21s %s".formatted(setting.variable(), escaped(setting.description())));
    return Stream.concat(Stream.of("", "As variables only:"), lines);
  }

  /** In picocli's texts a percent sign begins a format. */
  private static String escaped(String text) {
    return text.replace("%", "%%");
  }
}
