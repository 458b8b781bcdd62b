package dev.lakebed.sts.identity;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Somebody whom an identity provider vouches for, as a verified proof says.
 *
 * @param provider ARN of the provider
 * @param names other names of the provider that trust policies may use
 * @param subject who, unique at the provider
 * @param keys condition keys of trust policies, in lower case
 * @param sessionKeys those of them that stay with the session
 * @param tags session tags that the provider sets
 * @param transitiveTags keys of tags that follow down a chain
 * @param sourceIdentity set for the whole chain
 * @param endsBy the provider's own limit on the session
 */
public record ExternalIdentity(
    String provider,
    Set<String> names,
    String subject,
    Map<String, List<String>> keys,
    Set<String> sessionKeys,
    Map<String, String> tags,
    Set<String> transitiveTags,
    Optional<String> sourceIdentity,
    Optional<Instant> endsBy) {
  /** Copies the collections. */
  public ExternalIdentity {
    names = Set.copyOf(names);
    keys = Map.copyOf(keys);
    sessionKeys = Set.copyOf(sessionKeys);
    tags = Map.copyOf(tags);
    transitiveTags = Set.copyOf(transitiveTags);
  }
}
