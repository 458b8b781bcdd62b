package dev.lakebed.iam.config;

import dev.lakebed.iam.config.ProviderSection.RoleMappingSection;
import dev.lakebed.iam.model.AccessKey.Secret;
import dev.lakebed.iam.model.IdentityProvider.LdapProvider;
import dev.lakebed.iam.model.IdentityProvider.LdapProvider.Search;
import dev.lakebed.iam.model.IdentityProvider.LdapProvider.Security;
import dev.lakebed.iam.model.IdentityProvider.LdapProvider.Server;
import dev.lakebed.iam.model.RoleMapping;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

record LdapSection(Findings findings) {
  private static final Pattern SERVER =
      Pattern.compile("(?:(ldaps?)://)?([^/:\\[\\]]+|\\[[0-9a-fA-F:]+\\])(?::(\\d{1,5}))?/?");
  private static final Map<String, String> ATTRIBUTES =
      Map.of("email", "mail", "displayName", "cn", "groups", "memberOf", "uid", "uid");
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int CONNECTIONS = 10;
  private static final int MAX_CONNECTIONS = 100;

  Optional<LdapProvider> read(ProviderSection.Draft draft) {
    Fields config = draft.config();
    config.accept("audience");
    Optional<Element> server = config.require("server");
    Optional<Matcher> address = server.flatMap(Element::text).map(SERVER::matcher);
    if (address.isPresent() && !address.get().matches()) {
      server.get().problem("must be ldap://host:port or ldaps://host:port");
      address = Optional.empty();
    }
    Optional<String> base = config.requireText("baseDN");
    Search search = search(config, base.orElse(""));
    Optional<Server> settings = address.map(matcher -> server(config, matcher));
    RoleMapping roles = new RoleMappingSection(findings).read(config, draft.mapping());
    String arn = LdapProvider.arn(findings.account(), draft.name());
    return settings
        .filter(known -> base.isPresent())
        .map(known -> new LdapProvider(arn, draft.name(), known, search, roles));
  }

  private Server server(Fields config, Matcher address) {
    boolean tls = "ldaps".equals(address.group(1));
    boolean startTls = config.flag("useTLS", false) && !tls;
    Security security = tls ? Security.TLS : startTls ? Security.START_TLS : Security.PLAIN;
    if (security == Security.PLAIN) {
      findings.warn(
          config.element(), "passwords go over the wire in the clear; use ldaps:// or useTLS");
    }
    String port = address.group(3);
    return new Server(
        address.group(2).replaceAll("[\\[\\]]", ""),
        port == null ? (tls ? 636 : 389) : Integer.parseInt(port),
        security,
        findings.unchecked(config, "insecureSkipVerify", "read passwords"),
        config.text("bindDN").orElse(""),
        new Secret(config.find("bindPassword").flatMap(findings::expand).orElse("")),
        config
            .duration("connectionTimeout", Duration.ofMillis(1), Duration.ofMinutes(1))
            .orElse(TIMEOUT),
        config
            .find("poolSize")
            .flatMap(size -> size.number(1, MAX_CONNECTIONS, ""))
            .map(Math::toIntExact)
            .orElse(CONNECTIONS));
  }

  private static Search search(Fields config, String base) {
    Map<String, String> attributes = new HashMap<>(ATTRIBUTES);
    Optional<Fields> given = config.object("attributes");
    if (given.isPresent()) {
      try (Fields names = given.get()) {
        for (String meaning : ATTRIBUTES.keySet()) {
          names.text(meaning).ifPresent(name -> attributes.put(meaning, name));
        }
      }
    }
    String userFilter = config.text("userFilter").orElse("(cn=%s)");
    if (!userFilter.contains("%s")) {
      config.element().problem("userFilter must contain %s, where the name goes");
    }
    return new Search(
        base,
        userFilter,
        config.text("groupBaseDN").orElse(base),
        config.text("groupFilter").orElse(""),
        attributes);
  }
}
