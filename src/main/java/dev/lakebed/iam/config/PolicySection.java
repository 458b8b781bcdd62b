package dev.lakebed.iam.config;

import dev.lakebed.iam.model.ManagedPolicy;
import dev.lakebed.policy.Policy.MalformedPolicyException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads {@code policies}, in both forms, and finds the ones that others name. */
final class PolicySection {
  private static final Pattern NAME = Pattern.compile("[\\w+=,.@-]{1,128}");

  private final Findings findings;
  private final Map<String, ManagedPolicy> byName = new HashMap<>();

  /** Names whose document is malformed: known, so that naming them is no second problem. */
  private final Set<String> seen = new HashSet<>();

  PolicySection(Findings findings) {
    this.findings = findings;
  }

  void read(Fields policy) {
    try (policy) {
      Optional<Element> name = policy.require("name");
      Optional<String> text = name.flatMap(n -> n.name(NAME, "a policy"));
      Optional<Element> document = document(policy);
      if (text.isPresent() && !seen.add(text.get())) {
        name.get().problem("policy " + text.get() + " is defined twice");
      } else if (text.isPresent() && document.isPresent()) {
        compile(document.get(), json -> ManagedPolicy.compile(findings.account(), text.get(), json))
            .ifPresent(
                compiled -> {
                  byName.put(text.get(), compiled);
                  findings.warn(policy.element(), compiled.identity());
                });
      }
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

  List<ManagedPolicy> named(List<Element> names) {
    return names.stream().flatMap(name -> named(name).stream()).toList();
  }

  private Optional<ManagedPolicy> named(Element reference) {
    String arn = "arn:aws:iam::" + findings.account() + ":policy/";
    Optional<String> text = reference.text();
    Optional<String> name =
        text.map(given -> given.startsWith(arn) ? given.substring(arn.length()) : given);
    if (name.isPresent() && !seen.contains(name.get())) {
      reference.problem("there is no policy " + text.get());
    }
    return name.map(byName::get);
  }

  List<ManagedPolicy> all() {
    return List.copyOf(byName.values());
  }

  /**
   * Compiles a document that stands as JSON in the file, or as JSON text in a string; a malformed
   * one becomes a problem at its exact place.
   */
  static <T> Optional<T> compile(Element element, Function<String, T> compiler) {
    try {
      return switch (element.node()) {
        case JsonNode.Struct object -> Optional.of(compiler.apply(element.source().raw(object)));
        case JsonNode.Text text -> Optional.of(compiler.apply(text.value()));
        default -> element.wrong("a policy document");
      };
    } catch (MalformedPolicyException malformed) {
      if (element.node() instanceof JsonNode.Text) {
        element.problem("in the quoted policy: " + malformed.getMessage());
      } else {
        element.problemInside(malformed.line(), malformed.column(), malformed.reason());
      }
      return Optional.empty();
    }
  }
}
