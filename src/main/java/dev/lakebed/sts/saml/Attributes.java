package dev.lakebed.sts.saml;

import dev.lakebed.http.Decimal;
import dev.lakebed.iam.model.SafeXml;
import dev.lakebed.sts.identity.IdentityException;
import dev.lakebed.sts.identity.IdentityException.Reason;
import dev.lakebed.sts.saml.SignedResponse.Saml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.w3c.dom.Element;

/**
 * The attributes of an assertion, by name.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_saml_assertions.html">AWS,
 *     SAML assertions</a>
 */
record Attributes(Map<String, List<String>> byName) {
  private static final String AWS = "https://aws.amazon.com/SAML/Attributes/";
  private static final String TAG = AWS + "PrincipalTag:";

  static Attributes of(Element assertion) {
    Map<String, List<String>> all = new LinkedHashMap<>();
    for (Element statement : SafeXml.children(assertion, Saml.ASSERTION, "AttributeStatement")) {
      for (Element attribute : SafeXml.children(statement, Saml.ASSERTION, "Attribute")) {
        List<String> values =
            all.computeIfAbsent(attribute.getAttribute("Name"), name -> new ArrayList<>());
        SafeXml.children(attribute, Saml.ASSERTION, "AttributeValue").stream()
            .map(SafeXml::text)
            .forEach(values::add);
      }
    }
    return new Attributes(all);
  }

  List<String> aws(String name) {
    return byName.getOrDefault(AWS + name, List.of());
  }

  Optional<String> one(String name) {
    List<String> values = aws(name);
    if (values.size() > 1) {
      throw rejected("several values of " + name);
    }
    return values.stream().findFirst();
  }

  String sessionName() {
    return one("RoleSessionName").orElseThrow(() -> rejected("no RoleSessionName"));
  }

  OptionalInt sessionSeconds() {
    Optional<String> text = one("SessionDuration");
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(
        Decimal.parse(text.get(), 0, Integer.MAX_VALUE)
            .orElseThrow(() -> rejected("SessionDuration is no number")));
  }

  Map<String, String> tags() {
    Map<String, String> tags = new LinkedHashMap<>();
    byName.forEach(
        (name, values) -> {
          if (name.startsWith(TAG)) {
            if (values.size() != 1) {
              throw rejected("a principal tag must have one value");
            }
            tags.put(name.substring(TAG.length()), values.getFirst());
          }
        });
    return tags;
  }

  private static IdentityException rejected(String detail) {
    return new IdentityException(Reason.REJECTED, "attributes of the assertion: " + detail);
  }
}
