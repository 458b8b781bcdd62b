package dev.lakebed.iam.config;

import dev.lakebed.iam.model.ManagedPolicy;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code groups}: their policies go to their members. */
final class GroupSection {
  private final IdentitySection identities;
  private final PolicySection policies;
  private final Set<String> seen = new HashSet<>();

  GroupSection(IdentitySection identities, PolicySection policies) {
    this.identities = identities;
    this.policies = policies;
  }

  void read(Fields group) {
    try (group) {
      Optional<Element> name = group.require("name");
      Optional<String> text = name.flatMap(Element::text);
      if (text.isPresent() && !seen.add(text.get())) {
        name.get().problem("group " + text.get() + " is defined twice");
      }
      boolean enabled = !group.flag("disabled", false);
      List<ManagedPolicy> attached = policies.named(group.list("policyNames"));
      for (Element member : group.list("members")) {
        identities.require(member).filter(i -> enabled).ifPresent(i -> i.attach(attached));
      }
    }
  }
}
