package dev.lakebed.policy;

import dev.lakebed.policy.MatchStyle.TextMatcher;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The actions that policies can sensibly name: those of the services that are built here, exactly,
 * and whatever the other services of AWS call theirs. All of them stand in {@code
 * policy/actions.txt}.
 */
public final class KnownActions {
  private static final Map<String, Set<String>> LISTS = read();
  private static final Set<String> IAM = list("iam");
  private static final Set<String> OTHER_SERVICES = list("services");

  private static final Set<String> ALL =
      LISTS.entrySet().stream()
          .filter(list -> !list.getKey().equals("services"))
          .flatMap(list -> list.getValue().stream().map(n -> service(list.getKey()) + ":" + n))
          .collect(Collectors.toUnmodifiableSet());

  private static final Set<String> FOLDED =
      ALL.stream().map(ActionSet::fold).collect(Collectors.toUnmodifiableSet());

  private KnownActions() {}

  /** Each list begins with its name in brackets; the name begins with that of the service. */
  private static Map<String, Set<String>> read() {
    Map<String, Set<String>> lists = new HashMap<>();
    Set<String> current = Set.of();
    for (String line : text().lines().toList()) {
      if (line.startsWith("[")) {
        current = new TreeSet<>();
        lists.put(line.substring(1, line.length() - 1), current);
      } else if (!line.isBlank() && !line.startsWith("#")) {
        current.addAll(List.of(line.split(" ")));
      }
    }
    return lists;
  }

  private static String text() {
    try (InputStream in = KnownActions.class.getResourceAsStream("/policy/actions.txt")) {
      if (in == null) {
        throw new IllegalStateException("/policy/actions.txt is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String service(String list) {
    return list.split(" ", 2)[0];
  }

  /** Names of actions, without their service; those of several lists together. */
  static Set<String> list(String... names) {
    Set<String> all = new TreeSet<>();
    for (String name : names) {
      all.addAll(LISTS.getOrDefault(name, Set.of()));
    }
    return Collections.unmodifiableSet(all);
  }

  /** Whether a value of an Action element, wildcards included, matches a known action. */
  public static boolean matches(String action) {
    if (FOLDED.contains(ActionSet.fold(action))) {
      return true;
    }
    TextMatcher service = ActionSet.service(action);
    if (OTHER_SERVICES.stream().anyMatch(service::matches)) {
      return true;
    }
    TextMatcher glob = ActionSet.glob(action);
    return FOLDED.stream().anyMatch(glob::matches);
  }

  public static Set<String> iamOperations() {
    return IAM;
  }

  static Set<String> all() {
    return ALL;
  }
}
