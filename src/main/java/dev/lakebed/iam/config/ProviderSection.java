package dev.lakebed.iam.config;

import dev.lakebed.iam.model.IdentityProvider;
import dev.lakebed.iam.model.IdentityProvider.LdapProvider;
import dev.lakebed.iam.model.IdentityProvider.OidcProvider;
import dev.lakebed.iam.model.IdentityProvider.SamlProvider;
import dev.lakebed.iam.model.RoleArn;
import dev.lakebed.iam.model.RoleMapping;
import dev.lakebed.iam.model.StsSettings;
import dev.lakebed.iam.model.StsSettings.FederationSettings;
import dev.lakebed.iam.model.StsSettings.OidcOptions;
import dev.lakebed.iam.model.StsSettings.SamlOptions;
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
      Optional<String> text = name.flatMap(n -> n.name(NAME, "a provider"));
      if (text.isPresent() && !names.add(text.get())) {
        name.get().problem("provider " + text.get() + " is defined twice");
      }
      boolean enabled = provider.flag("enabled", true);
      Optional<Fields> outer = provider.object("roleMapping");
      Optional<Element> type = provider.require("type");
      Optional<Fields> config = provider.require("config").flatMap(Element::fields);
      if (config.isPresent() && type.isPresent()) {
        config(type.get(), new Draft(text.orElse(""), enabled, config.get(), outer));
      }
    }
  }

  /** A provider whose own part is still to be read, with the role mapping beside {@code config}. */
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
    if (provider.isPresent() && isOn(draft, provider.get())) {
      String arn = provider.get().arn();
      if (oidc.put(arn, provider.get()) != null) {
        config.element().problem("another provider has this issuer");
      }
      oidcOptions.put(arn, options);
    }
  }

  private void saml(Draft draft, Fields config) {
    SamlSection section = new SamlSection(findings);
    Optional<SamlProvider> provider = section.provider(draft);
    SamlOptions options = section.options(config);
    if (provider.isPresent() && isOn(draft, provider.get())) {
      saml.put(provider.get().arn(), provider.get());
      samlOptions.put(provider.get().arn(), options);
    }
  }

  private boolean isOn(Draft draft, IdentityProvider provider) {
    if (!draft.enabled()) {
      switchedOff.add(provider.arn());
    }
    return draft.enabled();
  }

  StsSettings addTo(StsSettings sts) {
    List<String> outbound = sts.federation().outboundAddresses();
    return sts.with(
        new FederationSettings(oidc, oidcOptions, saml, samlOptions, ldap, switchedOff, outbound));
  }

  /** Reads {@code roleMapping}: rules of claim and value, and a role for the rest. */
  record RoleMappingSection(Findings findings) {
    private static final Pattern NAME = Pattern.compile("[\\w+=,.@-]{1,64}");

    /** In {@code config}, or beside it. */
    RoleMapping read(Fields config, Optional<Fields> beside) {
      Optional<Fields> inside = config.object("roleMapping");
      if (inside.isPresent() && beside.isPresent()) {
        beside.get().element().problem("roleMapping is given in config too; one of them must go");
      }
      return inside.or(() -> beside).map(this::mapping).orElse(RoleMapping.NONE);
    }

    private RoleMapping mapping(Fields mapping) {
      try (mapping) {
        List<RoleMapping.Rule> rules =
            mapping.objects("rules").stream().flatMap(rule -> rule(rule).stream()).toList();
        return new RoleMapping(rules, mapping.find("defaultRole").flatMap(this::role));
      }
    }

    private Optional<RoleMapping.Rule> rule(Fields rule) {
      try (rule) {
        Optional<String> claim = rule.requireText("claim");
        Optional<String> value = rule.requireText("value");
        Optional<RoleArn> role = rule.require("role").flatMap(this::role);
        Optional<Element> condition = rule.find("condition");
        if (condition.flatMap(Element::text).filter(text -> !text.isEmpty()).isPresent()) {
          condition.get().problem("conditions are not supported; write them into the trust policy");
        }
        return claim.isPresent() && value.isPresent() && role.isPresent()
            ? Optional.of(new RoleMapping.Rule(claim.get(), value.get(), role.get()))
            : Optional.empty();
      }
    }

    private Optional<RoleArn> role(Element element) {
      Optional<String> text = element.text();
      Optional<RoleArn> arn =
          text.filter(NAME.asMatchPredicate())
              .map(name -> new RoleArn(findings.account(), "/", name))
              .or(() -> text.flatMap(given -> RoleArn.parse(given, findings.account())));
      if (text.isPresent() && arn.isEmpty()) {
        element.problem("must be a role name or a role ARN");
      }
      return arn;
    }
  }
}
