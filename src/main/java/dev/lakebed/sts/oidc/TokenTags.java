package dev.lakebed.sts.oidc;

import dev.lakebed.sts.identity.IdentityException;
import dev.lakebed.sts.identity.IdentityException.Reason;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Session tags of a token: one claim with both parts in it, or a claim for each.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html">AWS, session
 *     tags, using AssumeRoleWithWebIdentity</a>
 */
record TokenTags(Map<String, String> values, Set<String> transitive) {
  private static final String CLAIM = "https://aws.amazon.com/tags";
  private static final String VALUES = "principal_tags";
  private static final String TRANSITIVE = "transitive_tag_keys";

  /**
   * Reads the tags.
   *
   * @param permitted keys to take; others are left out. Absent: all
   */
  static TokenTags read(Map<String, Object> claims, Optional<Set<String>> permitted) {
    Map<String, String> values = new LinkedHashMap<>();
    Set<String> transitive = new HashSet<>();
    Object nested = claims.get(CLAIM);
    if (nested != null) {
      Map<?, ?> tags = object(nested);
      if (tags.get(VALUES) != null) {
        object(tags.get(VALUES)).forEach((key, value) -> values.put(text(key), only(value)));
      }
      transitive(tags.get(TRANSITIVE), transitive);
    }
    String flat = CLAIM + "/" + VALUES + "/";
    claims.forEach(
        (name, value) -> {
          if (name.startsWith(flat)) {
            values.put(name.substring(flat.length()), only(value));
          }
        });
    transitive(claims.get(CLAIM + "/" + TRANSITIVE), transitive);
    permitted.ifPresent(
        keys -> {
          values.keySet().retainAll(keys);
          transitive.retainAll(keys);
        });
    return new TokenTags(values, transitive);
  }

  private static void transitive(@Nullable Object keys, Set<String> into) {
    if (keys instanceof List<?> list) {
      list.forEach(key -> into.add(text(key)));
    } else if (keys != null) {
      into.add(text(keys));
    }
  }

  private static Map<?, ?> object(Object value) {
    if (value instanceof Map<?, ?> object) {
      return object;
    }
    throw new IdentityException(Reason.REJECTED, "the tags of the token are no object");
  }

  private static String only(Object value) {
    if (value instanceof List<?> list && list.size() == 1) {
      return text(list.getFirst());
    }
    return text(value);
  }

  private static String text(Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw new IdentityException(Reason.REJECTED, "a tag of the token is no text");
  }
}
