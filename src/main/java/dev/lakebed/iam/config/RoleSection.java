package dev.lakebed.iam.config;

import dev.lakebed.iam.config.Element.Durations;
import dev.lakebed.iam.model.ManagedPolicy;
import dev.lakebed.iam.model.Role;
import dev.lakebed.iam.model.RoleArn;
import dev.lakebed.policy.Policy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

final class RoleSection {
  private static final Pattern NAME = Pattern.compile("[\\w+=,.@-]{1,64}");
  private static final Duration LEAST_MAXIMUM = Duration.ofHours(1);
  private static final Duration MOST_MAXIMUM = Duration.ofHours(12);

  private final Findings findings;
  private final PolicySection policies;
  private final Map<RoleArn, Role> byArn = new LinkedHashMap<>();

  RoleSection(Findings findings, PolicySection policies) {
    this.findings = findings;
    this.policies = policies;
  }

  void read(Fields role) {
    try (role) {
      Optional<Element> name = role.require("roleName");
      Optional<String> plain = name.flatMap(n -> n.name(NAME, "a role"));
      Optional<RoleArn> arn =
          role.find("roleArn")
              .map(given -> arn(given, plain))
              .orElseGet(() -> plain.map(n -> new RoleArn(findings.account(), "/", n)));
      Optional<String> trust = role.require("trustPolicy").flatMap(t -> trust(t, plain));
      List<Policy> attached =
          policies.named(role.list("attachedPolicies")).stream()
              .map(ManagedPolicy::identity)
              .toList();
      Optional<Duration> maxSession =
          role.find("maxSessionDuration").flatMap(RoleSection::maxSession);
      String description = role.text("description").orElse("");
      if (arn.isPresent()
          && trust.isPresent()
          && byArn.putIfAbsent(
                  arn.get(), new Role(arn.get(), trust.get(), attached, maxSession, description))
              != null) {
        role.element().problem("role " + arn.get() + " is defined twice");
      }
    }
  }

  private Optional<RoleArn> arn(Element given, Optional<String> name) {
    Optional<String> text = given.text();
    Optional<RoleArn> arn = text.flatMap(t -> RoleArn.parse(t, findings.account()));
    if (text.isPresent() && arn.isEmpty()) {
      given.problem("must be a role ARN: arn:aws:iam::<account>:role/<name>");
    }
    if (arn.isPresent() && name.isPresent() && !arn.get().name().equals(name.get())) {
      given.problem("names another role than roleName " + name.get());
    }
    return arn;
  }

  private Optional<String> trust(Element document, Optional<String> name) {
    String label = "trust policy of " + name.orElse("a role");
    return PolicySection.compile(
        document,
        json -> {
          findings.warn(document, Policy.parse(label, json, Policy.Kind.TRUST));
          return json;
        });
  }

  /** Seconds, as in AWS, or a duration with unit. */
  private static Optional<Duration> maxSession(Element element) {
    return element.node() instanceof JsonNode.Numeral
        ? element
            .number(LEAST_MAXIMUM.toSeconds(), MOST_MAXIMUM.toSeconds(), " seconds")
            .map(Duration::ofSeconds)
        : Durations.parse(element, LEAST_MAXIMUM, MOST_MAXIMUM);
  }

  List<Role> all() {
    return List.copyOf(byArn.values());
  }
}
