package dev.lakebed.answers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.support.Registries;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every operation of the registries is asked for in a scenario: as it should be, by who may not,
 * and broken.
 */
class CoveredOperationsTest {
  /** Log-ins by providers that no test has. */
  private static final List<String> OF_OTHERS =
      List.of("AssumeRoleWithWebIdentity", "AssumeRoleWithSAML", "AssumeRoleWithLDAPIdentity");

  private static final Pattern REFUSED =
      Pattern.compile("^### (\\S+) denied.*\\RHTTP/1.1 40[13] ", Pattern.MULTILINE);

  private static final Set<String> STEPS =
      Scenario.all().stream()
          .flatMap(scenario -> scenario.steps().stream())
          .map(step -> step.name().split(":")[0])
          .collect(Collectors.toSet());

  @ParameterizedTest
  @CsvSource({"good", "denied", "broken"})
  void every_operation_is_asked_for(String kind) {
    Set<String> missing = new TreeSet<>(operations());
    missing.removeIf(name -> STEPS.contains(name + " " + kind));
    if (kind.equals("good")) {
      missing.removeAll(OF_OTHERS);
    }
    assertThat(missing).isEmpty();
  }

  /** Decided on before anything runs: the recorded answers are those of a real server. */
  @Test
  void no_operation_answers_who_may_not_call_it() throws IOException {
    Set<String> open = new TreeSet<>(operations());
    open.removeAll(OF_OTHERS);
    for (Scenario scenario : Scenario.all()) {
      Matcher refused = REFUSED.matcher(Files.readString(scenario.answers()));
      while (refused.find()) {
        open.remove(refused.group(1));
      }
    }
    assertThat(open).isEmpty();
  }

  private static Collection<String> operations() {
    return Registries.names().collect(Collectors.toSet());
  }
}
