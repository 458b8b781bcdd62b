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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

record OidcSection(Findings findings) {
  private static final Pattern URL = Pattern.compile("https?://[!-~&&[^?#]]{1,250}");
  private static final Pattern SHA1 = Pattern.compile("[0-9a-fA-F]{40}");
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
    // The ARN has no scheme, whichever the issuer has.
    String account = findings.account();
    return issuer.map(
        url ->
            new OidcProvider(
                OidcProvider.arn(account, url.replaceFirst("^http:", "https:")),
                url,
                clients,
                thumbprints));
  }

  OidcOptions options(ProviderSection.Draft draft, Optional<OidcProvider> provider) {
    Fields config = draft.config();
    config.accept("clientSecret", "scopes");
    for (String unused : List.of("userInfoUri", "policyClaim")) {
      config.find(unused).ifPresent(e -> findings.warn(e, "is not used"));
    }
    Optional<URI> jwks = config.find("jwksUri").flatMap(e -> e.text(URL, "a URL")).map(URI::create);
    boolean http = config.flag("allowHttp", false);
    Stream<String> asked =
        Stream.concat(provider.stream().map(OidcProvider::url), jwks.stream().map(URI::toString));
    if (!http && asked.anyMatch(url -> url.startsWith("http://"))) {
      findings.warn(config.element(), "is asked over http only with allowHttp: true");
    }
    RoleMapping roles = new RoleMappingSection(findings).read(config, draft.mapping());
    String name = draft.name();
    return new OidcOptions(
        provider.map(known -> Set.of(name, known.url())).orElse(Set.of(name)),
        jwks,
        config
            .find("jwksCacheTTLSeconds")
            .flatMap(seconds -> seconds.number(1, LONGEST_KEYS_LIFE, ""))
            .map(Duration::ofSeconds)
            .orElse(OidcOptions.KEYS_LIFE),
        config.find("tlsCaCert").flatMap(OidcSection::file),
        findings.unchecked(config, "tlsInsecureSkipVerify", "log in as anybody"),
        http,
        true,
        config
            .find("allowedPrincipalTagKeys")
            .map(keys -> Set.copyOf(config.texts("allowedPrincipalTagKeys"))),
        config.object("claimsMapping").map(Fields::texts).orElse(Map.of()),
        roles);
  }

  private static Optional<Path> file(Element element) {
    Optional<Path> path = element.text().filter(text -> !text.isEmpty()).map(Path::of);
    if (path.isPresent() && (!path.get().isAbsolute() || !Files.isReadable(path.get()))) {
      element.problem("must be the absolute path of a readable file");
      return Optional.empty();
    }
    return path;
  }
}
