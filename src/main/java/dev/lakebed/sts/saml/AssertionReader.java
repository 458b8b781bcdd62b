package dev.lakebed.sts.saml;

import dev.lakebed.http.Decimal;
import dev.lakebed.iam.model.IdentityProvider.SamlProvider;
import dev.lakebed.iam.model.SafeXml;
import dev.lakebed.iam.model.SamlMetadata;
import dev.lakebed.sts.identity.ExternalIdentity;
import dev.lakebed.sts.identity.ExternalIdentity.IdentityException;
import dev.lakebed.sts.identity.ExternalIdentity.IdentityException.Reason;
import dev.lakebed.sts.saml.SamlIdentities.SamlIdentity;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.w3c.dom.Element;

/** Reads an assertion whose signature is good. */
record AssertionReader(SamlProvider provider, SamlMetadata metadata, SignedResponse signed) {
  private static final int MAX_SUBJECT = 255;
  private static final String FORMAT = "urn:oasis:names:tc:SAML:2.0:nameid-format:";
  private static final Set<String> SESSION_KEYS =
      Set.of(
          "aws:federatedprovider",
          "saml:aud",
          "saml:iss",
          "saml:sub",
          "saml:sub_type",
          "saml:namequalifier",
          "saml:doc");

  SamlIdentity read(Conditions conditions) {
    Element assertion = signed.assertion();
    requireIssuer(assertion);
    SignedResponse.child(signed.response(), "Issuer")
        .ifPresent(issuer -> requireIssuer(signed.response()));
    Element subject =
        SignedResponse.child(assertion, "Subject")
            .orElseThrow(() -> Reason.INVALID.because("the assertion has no subject"));
    Conditions.Confirmed confirmed = conditions.require(signed, subject);
    Element name =
        SignedResponse.child(subject, "NameID")
            .orElseThrow(() -> Reason.INVALID.because("the subject has no NameID"));
    String id = SafeXml.text(name);
    if (id.isEmpty() || id.length() > MAX_SUBJECT) {
      throw Reason.INVALID.because("the NameID is empty or too long");
    }
    Attributes attributes = Attributes.of(assertion);
    String type = type(name);
    String qualifier = nameQualifier();
    return new SamlIdentity(
        identity(attributes, id, keys(id, type, qualifier, confirmed), conditions),
        assertion.getAttribute("ID"),
        confirmed.until(),
        roles(attributes),
        attributes.sessionName(),
        attributes.sessionSeconds(),
        id,
        type,
        metadata.entityId(),
        confirmed.recipient(),
        qualifier);
  }

  private ExternalIdentity identity(
      Attributes attributes, String id, Map<String, List<String>> keys, Conditions conditions) {
    return new ExternalIdentity(
        provider.arn(),
        Set.of(),
        id,
        keys,
        SESSION_KEYS,
        attributes.tags(),
        Set.copyOf(attributes.aws("TransitiveTagKeys")),
        attributes.one("SourceIdentity"),
        sessionEnd(conditions));
  }

  private Optional<Instant> sessionEnd(Conditions conditions) {
    Optional<Instant> end =
        SignedResponse.children(signed.assertion(), "AuthnStatement").stream()
            .flatMap(statement -> Conditions.time(statement, "SessionNotOnOrAfter").stream())
            .min(Instant::compareTo);
    if (end.filter(at -> !conditions.now().isBefore(at)).isPresent()) {
      throw Reason.EXPIRED.because("the session at the provider has ended");
    }
    return end;
  }

  private void requireIssuer(Element element) {
    Optional<String> issuer = SignedResponse.child(element, "Issuer").map(SafeXml::text);
    if (!issuer.equals(Optional.of(metadata.entityId()))) {
      throw Reason.INVALID.because("the issuer is not the provider");
    }
  }

  private static String type(Element name) {
    String format = name.getAttribute("Format");
    return format.equals(FORMAT + "persistent") || format.equals(FORMAT + "transient")
        ? format.substring(FORMAT.length())
        : format;
  }

  private Map<String, List<String>> keys(
      String id, String type, String qualifier, Conditions.Confirmed confirmed) {
    return Map.of(
        "aws:federatedprovider", List.of(provider.arn()),
        "saml:aud", List.of(confirmed.recipient()),
        "saml:iss", List.of(metadata.entityId()),
        "saml:sub", List.of(id),
        "saml:sub_type", List.of(type),
        "saml:namequalifier", List.of(qualifier),
        "saml:doc", List.of(account() + "/" + name()));
  }

  private Set<String> roles(Attributes attributes) {
    Set<String> pairs = new HashSet<>();
    for (String value : attributes.aws("Role")) {
      String[] parts = value.split(",", -1);
      if (parts.length == 2) {
        pairs.add(parts[0].strip() + "," + parts[1].strip());
        pairs.add(parts[1].strip() + "," + parts[0].strip());
      }
    }
    return pairs;
  }

  /** Base64(SHA1(issuer + account + "/" + provider)), as AWS documents it. */
  private String nameQualifier() {
    try {
      String text = metadata.entityId() + account() + "/" + name();
      return Base64.getEncoder()
          .encodeToString(
              MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }

  private String account() {
    return provider.arn().split(":", -1)[4];
  }

  private String name() {
    return provider.arn().substring(provider.arn().indexOf('/') + 1);
  }

  /**
   * The attributes of an assertion, by name.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_saml_assertions.html">AWS</a>
   */
  record Attributes(Map<String, List<String>> byName) {
    private static final String AWS = "https://aws.amazon.com/SAML/Attributes/";
    private static final String TAG = AWS + "PrincipalTag:";

    static Attributes of(Element assertion) {
      Map<String, List<String>> all = new LinkedHashMap<>();
      for (Element statement : SignedResponse.children(assertion, "AttributeStatement")) {
        for (Element attribute : SignedResponse.children(statement, "Attribute")) {
          List<String> values =
              all.computeIfAbsent(attribute.getAttribute("Name"), name -> new ArrayList<>());
          SignedResponse.children(attribute, "AttributeValue").stream()
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

    Optional<Integer> sessionSeconds() {
      return one("SessionDuration")
          .map(
              text ->
                  Decimal.parse(text, 0, Integer.MAX_VALUE)
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
      return Reason.REJECTED.because("attributes of the assertion: " + detail);
    }
  }
}
