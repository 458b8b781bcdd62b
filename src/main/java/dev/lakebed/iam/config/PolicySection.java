package dev.lakebed.iam.config;

import dev.lakebed.iam.model.ManagedPolicy;
import dev.lakebed.policy.Policy.MalformedPolicyException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads {@code policies}, in both forms, and finds the ones that others name. */
final class PolicySection {
  private static final Pattern NAME = Pattern.compile("[\\w+=,.@-]{1,128}");

  private final Findings findings;
  private final Map<String, ManagedPolicy> byName = new HashMap<>();

  /** Names whose document is malformed: known, so that naming them is no second problem. */
  private final Map<String, Element> seen = new HashMap<>();

  PolicySection(Findings findings) {
    this.findings = findings;
  }

  void read(Fields policy) {
    try (policy) {
      Optional<Element> name = policy.require("name");
      Optional<String> text = name.flatMap(n -> n.text(NAME, "a policy name: [\\w+=,.@-]{1,128}"));
      Optional<Element> document = document(policy);
      if (text.isEmpty()) {
        return;
      }
      if (seen.putIfAbsent(text.get(), policy.element()) != null) {
        name.get().problem("policy " + text.get() + " is defined twice");
        return;
      }
      document
          .flatMap(
              d ->
                  PolicyCompiler.compile(
                      d, json -> ManagedPolicy.compile(findings.account(), text.get(), json)))
          .ifPresent(
              compiled -> {
                byName.put(text.get(), compiled);
                findings.warn(policy.element(), compiled.identity());
              });
    }
  }

  private static Optional<Element> document(Fields policy) {
    Optional<Element> document = policy.find("document");
    Optional<Element> content = policy.find("content");
    if (document.isEmpty() && content.isEmpty()) {
      policy.element().problem("needs a field document or content");
    }
    if (document.isPresent() && content.isPresent()) {
      content.get().problem("document is given too; one of them must go");
    }
    return document.isPresent() ? document : content;
  }

  /** The policies of a list of names or ARNs. */
  List<ManagedPolicy> named(List<Element> names) {
    return names.stream().flatMap(name -> named(name).stream()).toList();
  }

  private Optional<ManagedPolicy> named(Element reference) {
    String arn = "arn:aws:iam::" + findings.account() + ":policy/";
    Optional<String> text = reference.text();
    Optional<String> name =
        text.map(given -> given.startsWith(arn) ? given.substring(arn.length()) : given);
    if (name.isPresent() && !seen.containsKey(name.get())) {
      reference.problem("there is no policy " + text.get());
    }
    return name.map(byName::get);
  }

  List<ManagedPolicy> all() {
    return List.copyOf(byName.values());
  }

  /** Reads policy documents that stand as JSON in the file, or as JSON text in a string. */
  static final class PolicyCompiler {
    private PolicyCompiler() {}

    /** Compiles the document; a malformed one becomes a problem at its exact place. */
    static <T> Optional<T> compile(Element element, Function<String, T> compiler) {
      return switch (element.node()) {
        case JsonNode.Struct object -> inline(element, compiler);
        case JsonNode.Text text -> quoted(element, text.value(), compiler);
        default -> element.wrong("a policy document");
      };
    }

    private static <T> Optional<T> inline(Element element, Function<String, T> compiler) {
      try {
        return Optional.of(compiler.apply(element.source().raw(element.node())));
      } catch (MalformedPolicyException malformed) {
        element
            .source()
            .problemInside(
                element.node().start(),
                malformed.line(),
                malformed.column(),
                element.path(),
                malformed.reason());
        return Optional.empty();
      }
    }

    private static <T> Optional<T> quoted(
        Element element, String text, Function<String, T> compiler) {
      try {
        return Optional.of(compiler.apply(text));
      } catch (MalformedPolicyException malformed) {
        element.problem("in the quoted policy: " + malformed.getMessage());
        return Optional.empty();
      }
    }
  }
}
