package dev.lakebed.iam.config;

import dev.lakebed.iam.model.AccessKey.Secret;
import dev.lakebed.iam.model.StsSettings;
import dev.lakebed.iam.model.StsSettings.FederationSettings;
import dev.lakebed.policy.AddressRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

final class StsSection {
  /** What the documentation of SeaweedFS prints where a key belongs. */
  private static final String PLACEHOLDER = "BASE64_ENCODED_SIGNING_KEY";

  /** Account names that SeaweedFS has built in. */
  private static final Set<String> BUILT_IN = Set.of("admin", "anonymous");

  private static final Duration SHORTEST = Duration.ofMinutes(15);

  /** The longest life AWS gives temporary credentials. */
  private static final Duration LONGEST = Duration.ofHours(36);

  private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");
  private static final Pattern ISSUER = Pattern.compile("[!-~]{1,255}");
  private static final int MIN_KEY_BYTES = 16;

  private StsSection() {}

  static StsSettings read(Fields sts, Findings findings) {
    try (sts) {
      return new StsSettings(
          sts.find("accountId")
              .flatMap(id -> id.text(ACCOUNT, "a twelve-digit account"))
              .orElse(StsSettings.DEFAULT_ACCOUNT),
          sts.duration("tokenDuration", SHORTEST, LONGEST),
          sts.duration("maxSessionLength", SHORTEST, LONGEST),
          signingKeys(sts, findings),
          sts.find("issuer").flatMap(issuer -> issuer.text(ISSUER, "visible characters")),
          FederationSettings.NONE.reaching(outboundAddresses(sts)));
    }
  }

  /** An addition of this server. */
  private static List<String> outboundAddresses(Fields sts) {
    List<String> blocks = new ArrayList<>();
    for (Element element : sts.list("outboundAddresses")) {
      Optional<String> block = element.text();
      try {
        block.ifPresent(AddressRange::parse);
        block.ifPresent(blocks::add);
      } catch (IllegalArgumentException notAnAddress) {
        element.problem("must be an address or a block such as 10.0.0.0/8");
      }
    }
    return blocks;
  }

  /** The further keys are an addition of this server: a key can be changed while sessions live. */
  private static List<Secret> signingKeys(Fields sts, Findings findings) {
    Optional<Element> first = sts.find("signingKey");
    List<Secret> keys = new ArrayList<>();
    first.flatMap(key -> signingKey(key, findings)).ifPresent(keys::add);
    for (Element further : sts.list("retiredSigningKeys")) {
      if (first.isEmpty()) {
        further.problem("needs signingKey beside it");
      }
      signingKey(further, findings).ifPresent(keys::add);
    }
    return keys;
  }

  private static Optional<Secret> signingKey(Element key, Findings findings) {
    Optional<String> text = key.text();
    try {
      if (text.isPresent() && text.get().equals(PLACEHOLDER)) {
        findings.warn(
            key, "is the placeholder of the documentation; this server's own key is used instead");
      } else if (text.isPresent()) {
        if (Base64.getDecoder().decode(text.get()).length >= MIN_KEY_BYTES) {
          return text.map(Secret::new);
        }
        key.problem("must be base64 of at least " + MIN_KEY_BYTES + " bytes");
      }
    } catch (IllegalArgumentException notBase64) {
      key.problem("must be base64");
    }
    return Optional.empty();
  }

  /** The id of an account, whose name and mail address have no meaning here. */
  static String account(Fields account, Findings findings) {
    try (account) {
      account.accept("displayName", "emailAddress");
      Optional<Element> id = account.require("id");
      return id.flatMap(Element::text).filter(BUILT_IN::contains).isPresent()
          ? findings.account()
          : id.flatMap(i -> i.text(ACCOUNT, "a twelve-digit account")).orElse(findings.account());
    }
  }
}
