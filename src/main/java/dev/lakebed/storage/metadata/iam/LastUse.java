package dev.lakebed.storage.metadata.iam;

import java.time.Instant;

/**
 * When an access key, a user or a role last used a service.
 *
 * @param id access key id, or unique id of the user or role
 * @param service name of the credential scope, for example {@code s3}
 */
public record LastUse(String id, String service, String region, Instant at) {}
