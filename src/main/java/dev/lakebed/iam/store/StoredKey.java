package dev.lakebed.iam.store;

import dev.lakebed.iam.model.Secret;
import java.time.Instant;

/**
 * An access key of a user.
 *
 * @param id access key id
 * @param userId unique id of the owner
 */
public record StoredKey(String id, String userId, Secret secret, boolean active, Instant created) {}
