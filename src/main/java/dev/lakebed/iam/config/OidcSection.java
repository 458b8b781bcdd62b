package dev.lakebed.iam.config;

import dev.lakebed.iam.config.ProviderSection.RoleMappingSection;
import dev.lakebed.iam.model.IdentityProvider.OidcProvider;
import dev.lakebed.iam.model.RoleMapping;
import dev.lakebed.iam.model.StsSettings.OidcOptions;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code config} of a provider of type {@code oidc}. */
record OidcSection(Findings findings) {
  private static final Pattern URL = Pattern.compile("https?://[!-~&&[^?#]]{1,250}");
  private static final Pattern SHA1 = Pattern.compile("[0-9a-fA-F]{40}");
  private static final String HTTP = "http://";
  private static final int LONGEST_KEYS_LIFE = 86_400;

  Optional<OidcProvider> provider(Fields config) {
    Optional<String> issuer = config.require("issuer").flatMap(e -> e.text(URL, "a URL"));
    List<String> clients = new ArrayList<>(config.texts("clientIds"));
    config.text("clientId").ifPresent(clients::add);
    if (clients.isEmpty()) {
      config.element().problem("needs a field clientId or clientIds");
    }
    List<String> thumbprints =
        config.list("thumbprints").stream()
            .map(element -> element.text(SHA1, "a SHA-1 thumbprint, 40 hexadecimal digits"))
            .flatMap(Optional::stream)
            .map(text -> text.toLowerCase(Locale.ROOT))
            .toList();
    return issuer.map(
        url -> new OidcProvider(arn(findings.account(), url), url, clients, thumbprints));
  }

  /** Without scheme, whichever the issuer has. */
  private static String arn(String account, String url) {
    return OidcProvider.arn(
        account, url.startsWith(HTTP) ? "https://" + url.substring(HTTP.length()) : url);
  }

  OidcOptions options(ProviderSection.Draft draft, Optional<OidcProvider> provider) {
    Fields config = draft.config();
    config.accept("clientSecret", "scopes");
    for (String unused : List.of("userInfoUri", "policyClaim")) {
      config.find(unused).ifPresent(e -> findings.warn(e, "is not used"));
    }
    Optional<URI> jwks = config.find("jwksUri").flatMap(e -> e.text(URL, "a URL")).map(URI::create);
    boolean http = config.flag("allowHttp", false);
    if (!http && (isPlain(provider.map(OidcProvider::url)) || isPlain(jwks.map(URI::toString)))) {
      findings.warn(config.element(), "is asked over http only with allowHttp: true");
    }
    RoleMapping roles = new RoleMappingSection(findings).read(config, draft.mapping());
    return new OidcOptions(
        names(draft.name(), provider),
        jwks,
        keysLife(config),
        config.find("tlsCaCert").flatMap(OidcSection::file),
        unseen(config),
        http,
        true,
        config.find("allowedPrincipalTagKeys").isPresent()
            ? Optional.of(Set.copyOf(config.texts("allowedPrincipalTagKeys")))
            : Optional.empty(),
        claims(config),
        roles);
  }

  private static boolean isPlain(Optional<String> url) {
    return url.filter(text -> text.startsWith(HTTP)).isPresent();
  }

  private static Set<String> names(String name, Optional<OidcProvider> provider) {
    Set<String> names = new HashSet<>();
    names.add(name);
    provider.ifPresent(known -> names.add(known.url()));
    return names;
  }

  private boolean unseen(Fields config) {
    boolean unseen = config.flag("tlsInsecureSkipVerify", false);
    if (unseen) {
      findings.warn(
          config.element(),
          "tlsInsecureSkipVerify: whoever can redirect the connection can log in as anybody");
    }
    return unseen;
  }

  private static Duration keysLife(Fields config) {
    Optional<Element> seconds = config.find("jwksCacheTTLSeconds");
    Optional<Long> value = seconds.flatMap(Element::number);
    if (value.isPresent() && (value.get() < 1 || value.get() > LONGEST_KEYS_LIFE)) {
      seconds.get().problem("must be from 1 to " + LONGEST_KEYS_LIFE);
      return OidcOptions.KEYS_LIFE;
    }
    return value.map(Duration::ofSeconds).orElse(OidcOptions.KEYS_LIFE);
  }

  private static Optional<Path> file(Element element) {
    Optional<Path> path = element.text().filter(text -> !text.isEmpty()).map(Path::of);
    if (path.isPresent() && (!path.get().isAbsolute() || !Files.isReadable(path.get()))) {
      element.problem("must be the absolute path of a readable file");
      return Optional.empty();
    }
    return path;
  }

  private static Map<String, String> claims(Fields config) {
    Map<String, String> claims = new HashMap<>();
    Optional<Element> mapping = config.find("claimsMapping");
    if (mapping.isPresent() && mapping.get().node() instanceof JsonNode.Struct object) {
      for (JsonNode.Member member : object.members()) {
        Element claim = mapping.get().member(member.name(), member.value());
        claim.text().ifPresent(text -> claims.put(member.name(), text));
      }
    } else {
      mapping.ifPresent(Element::fields);
    }
    return claims;
  }
}
