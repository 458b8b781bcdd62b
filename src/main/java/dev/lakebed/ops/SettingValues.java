package dev.lakebed.ops;

import dev.lakebed.ops.SettingsReader.InvalidSettingsException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** The values of settings, read as what they must be; every one that is not is a problem. */
public final class SettingValues {
  private final Map<Setting, String> values;
  private final List<String> problems = new ArrayList<>();

  SettingValues(Map<Setting, String> values) {
    this.values = values;
  }

  List<String> problems() {
    return problems;
  }

  /** The value, without space around it; the default when there is none. */
  String text(Setting setting) {
    return values.getOrDefault(setting, setting.defaultValue()).strip();
  }

  List<String> list(Setting setting) {
    return Arrays.stream(text(setting).split(",", -1))
        .map(String::strip)
        .filter(entry -> !entry.isEmpty())
        .toList();
  }

  List<String> list(Setting setting, int most, String pattern, String wanted) {
    List<String> list = list(setting);
    if (list.size() > most || !list.stream().allMatch(entry -> entry.matches(pattern))) {
      mismatch(setting, "at most " + most + " " + wanted);
    }
    return list;
  }

  boolean flag(Setting setting) {
    return matching(setting, "true|false", "true or false").equals("true");
  }

  String matching(Setting setting, String pattern, String wanted) {
    String text = text(setting);
    if (!text.matches(pattern)) {
      mismatch(setting, wanted);
    }
    return text;
  }

  int number(Setting setting, int least, int most) {
    String text = text(setting);
    if (text.matches("[0-9]{1,9}")) {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    }
    mismatch(setting, "a number from " + least + " to " + most);
    return least;
  }

  /** A path; empty when none is given. */
  Optional<Path> path(Setting setting) {
    String text = text(setting);
    try {
      if (!text.isEmpty()) {
        return Optional.of(Path.of(text));
      }
      if (!setting.defaultValue().isEmpty()) {
        mismatch(setting, "a path");
      }
    } catch (InvalidPathException invalid) {
      mismatch(setting, "a path");
    }
    return Optional.empty();
  }

  /** Refuses one of two settings that is given without the other. */
  void requireBoth(Setting one, Setting other) {
    boolean first = text(one).isEmpty();
    if (first != text(other).isEmpty()) {
      problem(first ? one : other, "is missing; it goes with " + (first ? other : one).variable());
    }
  }

  /** Refuses settings that only mean something together with another one, which is not given. */
  void requireWith(Setting needed, Setting... settings) {
    for (Setting setting : settings) {
      if (!text(setting).isEmpty()) {
        problem(setting, "means nothing without " + needed.variable());
      }
    }
  }

  private void mismatch(Setting setting, String wanted) {
    String text = text(setting);
    problem(
        setting,
        setting.isSecret()
            ? "must be " + wanted
            : "is " + (text.isEmpty() ? "empty" : text) + ", but must be " + wanted);
  }

  void problem(Setting setting, String sentence) {
    problems.add(setting.variable() + " " + sentence);
  }

  /** Reads settings from system properties and the environment, properties first. */
  public static final class SettingSource {
    private final Map<Setting, String> values = new EnumMap<>(Setting.class);
    private final List<String> problems = new ArrayList<>();

    private SettingSource() {}

    /** The values given; a mistyped name, which would do nothing, is refused. */
    public static Map<Setting, String> read(Map<String, String> environment, Map<?, ?> properties) {
      SettingSource source = new SettingSource();
      environment.forEach(
          (name, value) -> {
            if (name.startsWith("LAKEBED_")) {
              source.take("environment variable ", name, value, Setting::variable);
            }
          });
      Map<String, String> sorted = new TreeMap<>();
      properties.forEach((name, value) -> sorted.put(name.toString(), value.toString()));
      sorted.forEach(
          (name, value) -> {
            if (name.startsWith("lakebed.") && !name.startsWith(LaunchSetting.PREFIX)) {
              source.take("property ", name, value, Setting::property);
            }
          });
      if (!source.problems.isEmpty()) {
        throw new InvalidSettingsException(source.problems);
      }
      return source.values;
    }

    private void take(String kind, String name, String value, Function<Setting, String> names) {
      for (Setting setting : Setting.values()) {
        if (names.apply(setting).equals(name)) {
          values.put(setting, value);
          return;
        }
      }
      String advice =
          SettingSpelling.nearest(name, Arrays.stream(Setting.values()).map(names))
              .map(nearest -> "; did you mean " + nearest + "?")
              .orElse("");
      problems.add(kind + name + " is no setting" + advice);
    }
  }

  /** Finds the name that a mistyped one was meant to be. */
  public static final class SettingSpelling {
    private static final int LETTERS_PER_MISTAKE = 3;

    private SettingSpelling() {}

    /** The known name that is nearest, if it is so near that a slip of the fingers explains it. */
    public static Optional<String> nearest(String word, Stream<String> known) {
      record Candidate(String name, int mistakes) {}
      return known
          .map(name -> new Candidate(name, mistakes(word, name)))
          .filter(found -> found.mistakes() <= Math.max(1, word.length() / LETTERS_PER_MISTAKE))
          .min(Comparator.comparingInt(Candidate::mistakes).thenComparing(Candidate::name))
          .map(Candidate::name);
    }

    /** Letters added, left out, changed or swapped with their neighbour. */
    private static int mistakes(String one, String other) {
      int[][] least = new int[one.length() + 1][other.length() + 1];
      for (int i = 0; i <= one.length(); i++) {
        for (int j = 0; j <= other.length(); j++) {
          least[i][j] = i == 0 || j == 0 ? i + j : step(one, other, least, i, j);
        }
      }
      return least[one.length()][other.length()];
    }

    private static int step(String one, String other, int[][] least, int i, int j) {
      int changed = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
      int best = Math.min(least[i - 1][j], least[i][j - 1]) + 1;
      best = Math.min(best, least[i - 1][j - 1] + changed);
      boolean swapped =
          i > 1
              && j > 1
              && one.charAt(i - 1) == other.charAt(j - 2)
              && one.charAt(i - 2) == other.charAt(j - 1);
      return swapped ? Math.min(best, least[i - 2][j - 2] + 1) : best;
    }
  }
}
