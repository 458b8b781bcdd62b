package dev.lakebed.policy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Equal documents are compiled once. Bounded by the total length of their texts. */
final class DocumentCache {
  private static final long MAX_CHARACTERS = 4L << 20;

  private final Cache<Fingerprint, Weighed> cache =
      Caffeine.newBuilder()
          .maximumWeight(MAX_CHARACTERS)
          .weigher((Fingerprint key, Weighed value) -> value.length())
          .executor(Runnable::run)
          .build();

  Document get(String json, Policy.Kind kind) {
    return cache
        .get(
            new Fingerprint(kind, sha256(json)),
            key -> new Weighed(DocumentParser.parse(json, kind), json.length()))
        .document();
  }

  private static ByteBuffer sha256(String json) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return ByteBuffer.wrap(digest.digest(json.getBytes(StandardCharsets.UTF_16BE)));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java has SHA-256", missing);
    }
  }

  private record Fingerprint(Policy.Kind kind, ByteBuffer sha256) {}

  private record Weighed(Document document, int length) {}
}
