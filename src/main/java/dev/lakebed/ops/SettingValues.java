package dev.lakebed.ops;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The values of settings, read as what they must be; every one that is not is a problem. */
final class SettingValues {
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

  /** A list of at most so many. */
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
}
