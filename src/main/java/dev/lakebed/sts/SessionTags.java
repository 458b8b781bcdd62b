package dev.lakebed.sts;

import dev.lakebed.auth.Principal;
import dev.lakebed.auth.Principal.SessionFacts;
import dev.lakebed.auth.TagKeys;
import dev.lakebed.iam.model.StsSettings;
import dev.lakebed.operation.query.Parameter;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryRequest;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Session tags, and the keys of those that follow down a chain, as the tags spell them.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html">AWS</a>
 */
record SessionTags(Map<String, String> values, Set<String> transitive) {
  static final SessionTags NONE = new SessionTags(Map.of(), Set.of());

  private static final int MAX = 50;

  static SessionTags read(QueryRequest request) {
    List<Map.Entry<String, String>> tags =
        request.structures("Tags", Set.of("Key", "Value")).stream()
            .map(tag -> Map.entry(field(tag, "Key"), field(tag, "Value")))
            .toList();
    return check(tags, request.members("TransitiveTagKeys"));
  }

  /** Tags that an identity provider sets, under the same rules. */
  static SessionTags of(Map<String, String> tags, Set<String> transitive) {
    return check(tags.entrySet(), transitive);
  }

  private static SessionTags check(
      Collection<Map.Entry<String, String>> tags, Collection<String> transitive) {
    Map<String, String> values = new LinkedHashMap<>();
    Map<String, String> spelling = new LinkedHashMap<>();
    for (Map.Entry<String, String> tag : tags) {
      String key = StsParameter.TAG_KEY.parse(tag.getKey());
      values.put(key, StsParameter.TAG_VALUE.parse(tag.getValue()));
      if (spelling.put(TagKeys.fold(key), key) != null) {
        throw Parameter.violated(
            "tags", "Duplicate tag keys found; tag keys do not differ by case alone");
      }
      if (TagKeys.fold(key).startsWith("aws:")) {
        throw Parameter.violated("tags", "Tag keys must not begin with aws:");
      }
    }
    if (values.size() > MAX) {
      throw Parameter.violated("tags", "Member must have length less than or equal to " + MAX);
    }
    return new SessionTags(values, transitive(transitive, spelling));
  }

  private static String field(Map<String, String> tag, String name) {
    String value = tag.get(name);
    if (value == null) {
      throw Parameter.violated("tags." + name.toLowerCase(Locale.ROOT), "Member must not be null");
    }
    return value;
  }

  private static Set<String> transitive(Collection<String> asked, Map<String, String> spelling) {
    Set<String> keys = new HashSet<>();
    for (String key : asked) {
      String spelt = spelling.get(TagKeys.fold(key));
      if (spelt == null) {
        throw Parameter.violated("transitiveTagKeys", "Each key must be among Tags");
      }
      keys.add(spelt);
    }
    return keys;
  }

  /** These tags and those that a session hands down, which cannot be set anew. */
  SessionTags inheriting(SessionFacts calling) {
    Map<String, String> all = new LinkedHashMap<>(values);
    Set<String> keys = new HashSet<>(transitive);
    for (String inherited : calling.transitiveTags()) {
      for (String own : values.keySet()) {
        if (TagKeys.fold(own).equals(TagKeys.fold(inherited))) {
          throw Parameter.violated(
              "tags", "Tag %s is transitive in the calling session".formatted(inherited));
        }
      }
      all.put(inherited, calling.tags().getOrDefault(inherited, ""));
      keys.add(inherited);
    }
    return new SessionTags(all, keys);
  }

  /**
   * How long a session may be. What is asked for is given exactly or refused, not shortened. What
   * is not asked for is {@code sts.tokenDuration}, else one hour, within the limit.
   */
  record SessionLength(Duration limit, String limitName) {
    private static final Duration DEFAULT = Duration.ofHours(1);
    private static final Duration DEFAULT_LIMIT = Duration.ofHours(12);
    private static final Duration CHAINED = Duration.ofHours(1);
    private static final Duration ROOT = Duration.ofHours(1);

    /** The limit of a role: its own, within that of the server. */
    static SessionLength ofRole(Optional<Duration> roleLimit, StsSettings sts) {
      SessionLength server = ofServer(sts, DEFAULT_LIMIT);
      return roleLimit.isPresent() && roleLimit.get().compareTo(server.limit()) < 0
          ? new SessionLength(roleLimit.get(), "MaxSessionDuration set for this role")
          : server;
    }

    static SessionLength ofServer(StsSettings sts, Duration otherwise) {
      return new SessionLength(
          sts.maxSessionLength().orElse(otherwise), "maximum session length of this server");
    }

    /** What is left when the caller is itself a session. */
    SessionLength chained() {
      return limit.compareTo(CHAINED) <= 0
          ? this
          : new SessionLength(CHAINED, "1 hour session limit for roles assumed by role chaining");
    }

    Duration choose(Optional<Integer> asked, Duration otherwise) {
      if (asked.isEmpty()) {
        return otherwise.compareTo(limit) < 0 ? otherwise : limit;
      }
      Duration wanted = Duration.ofSeconds(asked.get());
      if (wanted.compareTo(limit) > 0) {
        throw QueryError.VALIDATION_ERROR.because(
            "The requested DurationSeconds exceeds the %s (%d s)"
                .formatted(limitName, limit.toSeconds()));
      }
      return wanted;
    }

    /**
     * The same for a session of a user or root user itself. AWS cuts those of root users to an
     * hour, however long a life is asked for.
     */
    Duration choose(Optional<Integer> asked, Duration otherwise, Principal holder) {
      Duration chosen = choose(asked, otherwise);
      return holder.isRootUser() && chosen.compareTo(ROOT) > 0 ? ROOT : chosen;
    }

    static Duration usual(StsSettings sts) {
      return sts.tokenDuration().orElse(DEFAULT);
    }
  }
}
