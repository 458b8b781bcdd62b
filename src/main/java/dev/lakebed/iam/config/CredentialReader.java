package dev.lakebed.iam.config;

import dev.lakebed.iam.config.IamConfig.WeakKey;
import dev.lakebed.iam.model.AccessKey;
import dev.lakebed.iam.model.AccessKey.Secret;
import dev.lakebed.policy.Policy;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads access keys and keeps them unique over the whole configuration. */
final class CredentialReader {
  private static final Pattern ID = Pattern.compile("[!-~&&[^/,]]{1,128}");
  private static final Pattern SECRET = Pattern.compile("[!-~]{1,256}");

  private final Findings findings;
  private final Map<String, String> pathById = new HashMap<>();

  CredentialReader(Findings findings) {
    this.findings = findings;
  }

  List<AccessKey> all(Fields identity) {
    return identity.objects("credentials").stream()
        .flatMap(key -> read(key, Optional.empty(), Optional.empty()).stream())
        .toList();
  }

  /**
   * The key, unless something is wrong with it or its environment variable is not set: SeaweedFS
   * drops such a key.
   */
  Optional<AccessKey> read(
      Fields credential, Optional<Instant> expiresAt, Optional<Policy> restriction) {
    try (credential) {
      Optional<String> id = credential.require("accessKey").flatMap(findings::expand);
      Optional<String> secret = credential.require("secretKey").flatMap(findings::expand);
      boolean active = credential.find("status").flatMap(CredentialReader::status).orElse(true);
      if (id.isEmpty() || secret.isEmpty() || !isAcceptable(credential, id.get(), secret.get())) {
        return Optional.empty();
      }
      Secret hidden = new Secret(secret.get());
      WeakKey.check(id.get(), hidden).ifPresent(findings.weakKeys()::add);
      return Optional.of(new AccessKey(id.get(), hidden, active, expiresAt, restriction));
    }
  }

  private boolean isAcceptable(Fields credential, String id, String secret) {
    Element place = credential.element();
    if (!ID.matcher(id).matches()) {
      place.problem("accessKey must be 1 to 128 visible characters without / and comma");
      return false;
    }
    if (id.startsWith("ASIA")) {
      place.problem("accessKey must not begin with ASIA, which marks temporary keys");
      return false;
    }
    if (!SECRET.matcher(secret).matches()) {
      place.problem("secretKey must be 1 to 256 visible characters");
      return false;
    }
    String other = pathById.putIfAbsent(id, place.path());
    if (other != null) {
      place.problem("access key " + id + " is already used at " + other);
      return false;
    }
    return true;
  }

  private static Optional<Boolean> status(Element status) {
    return switch (status.text().orElse("Active")) {
      case "Active" -> Optional.of(true);
      case "Inactive" -> Optional.of(false);
      default -> {
        status.problem("must be Active or Inactive");
        yield Optional.empty();
      }
    };
  }
}
