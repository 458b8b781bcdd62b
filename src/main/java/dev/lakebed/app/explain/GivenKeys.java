package dev.lakebed.app.explain;

import dev.lakebed.app.explain.Explain.UsageException;
import dev.lakebed.policy.Keys;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Condition keys given on the command line, and the time. */
final class GivenKeys implements Keys {
  private final Map<String, List<String>> given;

  private GivenKeys(Map<String, List<String>> given) {
    this.given = given;
  }

  /** Reads {@code name=value}; a name that is given twice has both values. */
  static GivenKeys of(List<String> assignments, Instant now) {
    Map<String, List<String>> given = new HashMap<>();
    for (String assignment : assignments) {
      int equals = assignment.indexOf('=');
      String name = equals < 0 ? assignment : assignment.substring(0, equals);
      if (equals < 0 || name.indexOf(':') < 1) {
        throw new UsageException("--key must be like aws:SourceIp=192.0.2.1, not " + assignment);
      }
      given
          .computeIfAbsent(name.toLowerCase(Locale.ROOT), key -> new ArrayList<>())
          .add(assignment.substring(equals + 1));
    }
    given.putIfAbsent("aws:currenttime", List.of(now.toString()));
    given.putIfAbsent("aws:epochtime", List.of(String.valueOf(now.getEpochSecond())));
    return new GivenKeys(given);
  }

  @Override
  public List<String> values(String key) {
    return given.getOrDefault(key, List.of());
  }
}
