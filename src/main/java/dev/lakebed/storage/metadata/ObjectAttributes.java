package dev.lakebed.storage.metadata;

import java.util.Map;

/**
 * What a client said about an object.
 *
 * @param headers system headers that come back as sent, by lower-cased name: content-type,
 *     cache-control, content-disposition, content-encoding, content-language, expires,
 *     x-amz-storage-class, x-amz-website-redirect-location, x-amz-server-side-encryption …
 * @param userMetadata user metadata by lower-cased name without {@code x-amz-meta-}
 * @param tags object tags
 */
public record ObjectAttributes(
    Map<String, String> headers, Map<String, String> userMetadata, Map<String, String> tags) {
  /** Copies the maps. */
  public ObjectAttributes {
    headers = Map.copyOf(headers);
    userMetadata = Map.copyOf(userMetadata);
    tags = Map.copyOf(tags);
  }
}
