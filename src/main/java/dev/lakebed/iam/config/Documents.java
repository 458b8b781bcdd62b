package dev.lakebed.iam.config;

import dev.lakebed.policy.MalformedPolicyException;
import java.util.Optional;
import java.util.function.Function;

/** Reads policy documents that stand as JSON in the file, or as JSON text in a string. */
final class Documents {
  private Documents() {}

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
