package dev.lakebed.auth;

import dev.lakebed.auth.Authenticated.SigningFacts;
import dev.lakebed.http.Request;
import dev.lakebed.policy.Keys;
import java.util.List;
import java.util.Optional;

/**
 * Condition keys that say what the request is like. Each key is read from one known place, so a
 * header that happens to be called like a key is never seen. Computed when asked for.
 */
record RequestKeys(Request request, SigningFacts signing, TrustedProxies proxies) implements Keys {
  @Override
  public List<String> values(String key) {
    return switch (key) {
      case "aws:sourceip" -> List.of(proxies.clientAddress(request));
      case "aws:securetransport" -> List.of(String.valueOf(proxies.secure(request)));
      case "aws:currenttime" -> List.of(request.receivedAt().toString());
      case "aws:epochtime" -> List.of(String.valueOf(request.receivedAt().getEpochSecond()));
      case "aws:useragent" -> one(request.headers().first("user-agent"));
      case "aws:referer" -> one(request.headers().first("referer"));
      case "aws:requestedregion" -> one(signing.region());
      case "s3:authtype" -> one(signing.authType());
      case "s3:signatureversion" -> one(signing.signatureVersion());
      case "s3:signatureage" -> one(signing.age(request.receivedAt()));
      case "s3:tlsversion" -> one(request.connection().tlsVersion());
      case "s3:x-amz-content-sha256" -> one(signing.contentSha256(request));
      default -> List.of();
    };
  }

  private static List<String> one(Optional<String> value) {
    return value.map(List::of).orElseGet(List::of);
  }
}
