package dev.lakebed.s3.object;

import dev.lakebed.s3.content.Encryption;
import dev.lakebed.s3.content.RequestAttributes;
import dev.lakebed.s3.content.RequestAttributes.StorageClasses;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.storage.metadata.object.StoredObject.ObjectAttributes;
import java.util.HashMap;
import java.util.Map;

/** What a copy takes from its source and what from the request. */
record CopyDirectives(boolean replaceMetadata, boolean replaceTags, ObjectAttributes requested) {
  private static final String REDIRECT = "x-amz-website-redirect-location";

  static CopyDirectives parse(S3Request request) {
    return new CopyDirectives(
        replaces(request, "x-amz-metadata-directive"),
        replaces(request, "x-amz-tagging-directive"),
        RequestAttributes.parse(request));
  }

  /** Attributes of the target. Storage class, encryption and redirect are never copied. */
  ObjectAttributes of(ObjectAttributes source) {
    Map<String, String> headers = new HashMap<>(requested.headers());
    if (!replaceMetadata) {
      headers.keySet().removeIf(name -> !isOwn(name));
      source.headers().entrySet().stream()
          .filter(header -> !isOwn(header.getKey()))
          .forEach(header -> headers.put(header.getKey(), header.getValue()));
    }
    return new ObjectAttributes(
        headers,
        replaceMetadata ? requested.userMetadata() : source.userMetadata(),
        replaceTags ? requested.tags() : source.tags());
  }

  /** Whether a copy onto itself would change anything. */
  boolean changesItself() {
    return replaceMetadata || requested.headers().keySet().stream().anyMatch(CopyDirectives::isOwn);
  }

  private static boolean isOwn(String header) {
    return header.equals(StorageClasses.HEADER)
        || header.equals(Encryption.HEADER)
        || header.equals(REDIRECT);
  }

  private static boolean replaces(S3Request request, String header) {
    return switch (request.header(header).orElse("COPY")) {
      case "COPY" -> false;
      case "REPLACE" -> true;
      default -> throw S3Error.invalidArgument("Unknown directive.", header);
    };
  }
}
