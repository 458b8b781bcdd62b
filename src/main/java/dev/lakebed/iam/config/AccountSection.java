package dev.lakebed.iam.config;

import java.util.Optional;
import java.util.Set;

/** Reads accounts. Names and mail addresses have no meaning here. */
final class AccountSection {
  /** Account names that SeaweedFS has built in. */
  private static final Set<String> BUILT_IN = Set.of("admin", "anonymous");

  private AccountSection() {}

  static String id(Fields account, Findings findings) {
    try (account) {
      account.accept("displayName", "emailAddress");
      Optional<Element> id = account.require("id");
      if (id.flatMap(Element::text).filter(BUILT_IN::contains).isPresent()) {
        return findings.account();
      }
      return id.flatMap(i -> i.text(StsSection.ACCOUNT, "a twelve-digit account"))
          .orElse(findings.account());
    }
  }
}
