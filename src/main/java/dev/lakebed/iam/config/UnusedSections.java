package dev.lakebed.iam.config;

import java.util.Optional;

/** Checks sections that SeaweedFS knows and that have no meaning here, and says so. */
final class UnusedSections {
  private final Findings findings;

  UnusedSections(Findings findings) {
    this.findings = findings;
  }

  void read(Fields root) {
    root.find("kms")
        .flatMap(Element::fields)
        .ifPresent(kms -> findings.warn(kms.element(), "is ignored: there is no KMS provider yet"));
    root.find("policy").flatMap(Element::fields).ifPresent(this::policy);
  }

  private void policy(Fields policy) {
    try (policy) {
      Optional<Element> effect = policy.find("defaultEffect");
      Optional<String> text = effect.flatMap(Element::text);
      if (text.isPresent() && text.get().equals("Allow")) {
        findings.warn(effect.get(), "is ignored: what no policy allows is denied");
      } else if (text.isPresent() && !text.get().equals("Deny")) {
        effect.get().problem("must be Deny or Allow");
      }
      if (policy.text("storeType").filter(type -> !type.equals("memory")).isPresent()) {
        findings.warn(policy.element(), "storeType is ignored");
      }
      policy
          .find("storeConfig")
          .flatMap(Element::fields)
          .ifPresent(
              store -> {
                try (store) {
                  store.accept("basePath", "noCache");
                }
              });
    }
  }
}
