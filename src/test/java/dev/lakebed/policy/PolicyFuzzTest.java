package dev.lakebed.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.lakebed.policy.Policy.MalformedPolicyException;
import dev.lakebed.policy.ReferenceQuestions.Layers;
import dev.lakebed.support.Evidence;
import dev.lakebed.support.Prompt;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whatever the text, the parser compiles it or refuses it with a place; what it compiles is decided
 * as {@link ReferenceDecision} decides it, and less is allowed with a Deny more, an Allow less or a
 * session policy more.
 */
@Evidence({"attack-38", "attack-39"})
final class PolicyFuzzTest {
  @DictionaryFile(resourcePath = "policy.dict")
  @FuzzTest(maxDuration = "10m")
  void any_text_is_refused_or_decided_as_the_reference_does(byte[] data) throws Throwable {
    Prompt.run(() -> text(data));
  }

  private static void text(byte[] data) {
    String json = new String(data, StandardCharsets.UTF_8);
    for (Policy.Kind kind : Policy.Kind.values()) {
      agreed(Layers.of(kind, json));
    }
  }

  @FuzzTest(maxDuration = "10m")
  void a_policy_of_every_layer_is_decided_as_the_reference_does(FuzzedDataProvider data)
      throws Throwable {
    Prompt.run(() -> layers(data));
  }

  private static void layers(FuzzedDataProvider data) {
    PolicyGrammar grammar = PolicyGrammar.of(data);
    List<String> identity = grammar.statements(Policy.Kind.IDENTITY);
    Layers layers =
        new Layers(
            Optional.of(grammar.document(identity)),
            maybe(grammar, Policy.Kind.IDENTITY),
            Optional.empty(),
            maybe(grammar, Policy.Kind.RESOURCE),
            maybe(grammar, Policy.Kind.TRUST).filter(trust -> data.consumeBoolean()));
    List<Boolean> allowed = agreed(layers);
    within(allowed, agreed(layers.narrowed(maybe(grammar, Policy.Kind.SESSION))));
    List<String> more = new ArrayList<>(identity);
    more.add(grammar.statement(Policy.Kind.IDENTITY, "Deny"));
    within(allowed, agreed(layers.granted(grammar.document(more))));
    List<String> fewer = new ArrayList<>(identity);
    if (identity.size() > 1 && fewer.remove(0).contains("\"Allow\"")) {
      within(allowed, agreed(layers.granted(grammar.document(fewer))));
    }
  }

  private static Optional<String> maybe(PolicyGrammar grammar, Policy.Kind kind) {
    return grammar.data().consumeBoolean()
        ? Optional.of(grammar.document(grammar.statements(kind)))
        : Optional.empty();
  }

  /** No answers when a document is refused. */
  private static List<Boolean> agreed(Layers layers) {
    try {
      return ReferenceQuestions.agreed(layers);
    } catch (MalformedPolicyException refused) {
      assertThat(refused.line()).isPositive();
      assertThat(refused.column()).isPositive();
      return List.of();
    }
  }

  private static void within(List<Boolean> wide, List<Boolean> narrow) {
    for (int i = 0; i < Math.min(wide.size(), narrow.size()); i++) {
      assertThat(wide.get(i) || !narrow.get(i)).as("answer %s", i).isTrue();
    }
  }
}
