package dev.lakebed.iam.config;

import dev.lakebed.iam.model.RoleArn;
import dev.lakebed.iam.model.RoleMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code roleMapping}: rules of claim and value, and a role for the rest. */
final class RoleMappingSection {
  private static final Pattern NAME = Pattern.compile("[\\w+=,.@-]{1,64}");

  private final Findings findings;

  RoleMappingSection(Findings findings) {
    this.findings = findings;
  }

  /** In {@code config}, or beside it. */
  RoleMapping read(Fields config, Optional<Fields> beside) {
    Optional<Fields> inside = config.find("roleMapping").flatMap(Element::fields);
    if (inside.isPresent() && beside.isPresent()) {
      beside.get().element().problem("roleMapping is given in config too; one of them must go");
    }
    return inside.or(() -> beside).map(this::mapping).orElse(RoleMapping.NONE);
  }

  private RoleMapping mapping(Fields mapping) {
    try (mapping) {
      List<RoleMapping.Rule> rules = new ArrayList<>();
      for (Fields rule : mapping.objects("rules")) {
        rule(rule).ifPresent(rules::add);
      }
      return new RoleMapping(rules, mapping.find("defaultRole").flatMap(this::role));
    }
  }

  private Optional<RoleMapping.Rule> rule(Fields rule) {
    try (rule) {
      Optional<String> claim = rule.require("claim").flatMap(Element::text);
      Optional<String> value = rule.require("value").flatMap(Element::text);
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
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (NAME.matcher(text.get()).matches()) {
      return Optional.of(new RoleArn(findings.account(), "/", text.get()));
    }
    Optional<RoleArn> arn = RoleArn.parse(text.get(), findings.account());
    if (arn.isEmpty()) {
      element.problem("must be a role name or a role ARN");
    }
    return arn;
  }
}
