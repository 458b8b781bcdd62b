package dev.lakebed.storage.metadata.iam;

import java.time.Instant;
import java.util.Optional;

/**
 * An access key of a user.
 *
 * @param id access key id
 * @param userId unique id of the owner
 * @param secret empty when it cannot be opened
 */
public record StoredKey(
    String id, String userId, Optional<SecretText> secret, boolean active, Instant created) {}
