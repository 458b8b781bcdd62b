package dev.lakebed.iam.config;

import dev.lakebed.iam.model.FederationSettings;
import dev.lakebed.iam.model.LdapProvider;
import dev.lakebed.iam.model.OidcOptions;
import dev.lakebed.iam.model.OidcProvider;
import dev.lakebed.iam.model.SamlOptions;
import dev.lakebed.iam.model.SamlProvider;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code providers} and {@code sts.providers}. One that is switched off is checked too. */
final class ProviderSection {
  private static final Pattern NAME = Pattern.compile("[\\w.@-]{1,128}");

  private final Findings findings;
  private final Set<String> names = new HashSet<>();
  private final Map<String, OidcProvider> oidc = new LinkedHashMap<>();
  private final Map<String, OidcOptions> oidcOptions = new LinkedHashMap<>();
  private final Map<String, SamlProvider> saml = new LinkedHashMap<>();
  private final Map<String, SamlOptions> samlOptions = new LinkedHashMap<>();
  private final List<LdapProvider> ldap = new ArrayList<>();
  private final Set<String> switchedOff = new HashSet<>();

  ProviderSection(Findings findings) {
    this.findings = findings;
  }

  void read(Fields provider) {
    try (provider) {
      Optional<Element> name = provider.require("name");
      Optional<String> text = name.flatMap(n -> n.text(NAME, "a provider name: [\\w.@-]{1,128}"));
      if (text.isPresent() && !names.add(text.get())) {
        name.get().problem("provider " + text.get() + " is defined twice");
      }
      boolean enabled = provider.flag("enabled", true);
      Optional<Fields> outer = provider.find("roleMapping").flatMap(Element::fields);
      Optional<Element> type = provider.require("type");
      Optional<Fields> config = provider.require("config").flatMap(Element::fields);
      if (config.isPresent() && type.isPresent()) {
        config(type.get(), new Draft(text.orElse(""), enabled, config.get(), outer));
      }
    }
  }

  /**
   * A provider whose own part is still to be read.
   *
   * @param mapping role mapping beside {@code config} instead of in it
   */
  record Draft(String name, boolean enabled, Fields config, Optional<Fields> mapping) {}

  private void config(Element type, Draft draft) {
    try (Fields config = draft.config()) {
      switch (type.text().orElse("")) {
        case "oidc" -> oidc(draft, config);
        case "ldap" ->
            new LdapSection(findings).read(draft).filter(p -> draft.enabled()).ifPresent(ldap::add);
        case "saml" -> saml(draft, config);
        default -> type.problem("must be oidc, ldap or saml");
      }
    }
  }

  private void oidc(Draft draft, Fields config) {
    OidcSection section = new OidcSection(findings);
    Optional<OidcProvider> provider = section.provider(config);
    OidcOptions options = section.options(draft, provider);
    if (!draft.enabled()) {
      provider.ifPresent(p -> switchedOff.add(p.arn()));
    } else if (provider.isPresent()) {
      if (oidc.put(provider.get().arn(), provider.get()) != null) {
        config.element().problem("another provider has this issuer");
      }
      oidcOptions.put(provider.get().arn(), options);
    }
  }

  private void saml(Draft draft, Fields config) {
    SamlSection section = new SamlSection(findings);
    Optional<SamlProvider> provider = section.provider(draft);
    SamlOptions options = section.options(config);
    if (!draft.enabled()) {
      provider.ifPresent(p -> switchedOff.add(p.arn()));
    } else if (provider.isPresent()) {
      saml.put(provider.get().arn(), provider.get());
      samlOptions.put(provider.get().arn(), options);
    }
  }

  FederationSettings settings(List<String> outboundAddresses) {
    return new FederationSettings(
        oidc, oidcOptions, saml, samlOptions, ldap, switchedOff, outboundAddresses);
  }
}
