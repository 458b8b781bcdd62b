package dev.lakebed.iam.session;

import dev.lakebed.iam.model.IdentityView;
import dev.lakebed.iam.model.ManagedPolicy;
import dev.lakebed.iam.session.ChainLink.ProviderOrigin;
import dev.lakebed.policy.Policy;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Everything a session token says. The rights themselves are not in it: they are looked up at each
 * use, so that a change of role or user reaches the sessions that are out.
 *
 * @param source role, user or federated user
 * @param subjectArn the role, or the user
 * @param subjectId unique id of that role or user: another one of the same name is not meant
 * @param baseKey root of the chain: a long-term access key, or what {@link ProviderOrigin} says;
 *     the session dies with it
 * @param sessionName name given by the caller
 * @param issuedAt whole seconds
 * @param expiresAt whole seconds
 * @param narrowed whether session policies apply, even when none of them exists any more
 * @param policies session policies given inline, JSON text
 * @param policyArns session policies given by ARN
 * @param tags session tags, inherited ones included
 * @param transitiveTags keys of tags that follow down a chain
 * @param sourceIdentity set once for a whole chain
 * @param chain the sessions that this one was made with, oldest first; see {@link ChainLink}
 * @param identity condition keys that an identity provider gave, in lower case
 */
public record SessionGrant(
    SessionSource source,
    String subjectArn,
    String subjectId,
    String baseKey,
    String sessionName,
    Instant issuedAt,
    Instant expiresAt,
    boolean narrowed,
    List<String> policies,
    List<String> policyArns,
    Map<String, String> tags,
    Set<String> transitiveTags,
    Optional<String> sourceIdentity,
    List<String> chain,
    Map<String, String> identity) {
  /** Copies the collections. */
  public SessionGrant {
    policies = List.copyOf(policies);
    policyArns = List.copyOf(policyArns);
    tags = Map.copyOf(tags);
    transitiveTags = Set.copyOf(transitiveTags);
    chain = List.copyOf(chain);
    identity = Map.copyOf(identity);
  }

  /** A session that no identity provider stands behind. */
  public SessionGrant(
      SessionSource source,
      String subjectArn,
      String subjectId,
      String baseKey,
      String sessionName,
      Instant issuedAt,
      Instant expiresAt,
      boolean narrowed,
      List<String> policies,
      List<String> policyArns,
      Map<String, String> tags,
      Set<String> transitiveTags,
      Optional<String> sourceIdentity,
      List<String> chain) {
    this(
        source,
        subjectArn,
        subjectId,
        baseKey,
        sessionName,
        issuedAt,
        expiresAt,
        narrowed,
        policies,
        policyArns,
        tags,
        transitiveTags,
        sourceIdentity,
        chain,
        Map.of());
  }

  /** The root of the chain, then the roles before this one. */
  List<String> rests() {
    return Stream.concat(Stream.of(baseKey), chain.stream()).toList();
  }

  /** What a session stands for. */
  public enum SessionSource {
    /** A role was assumed. */
    ROLE('R'),
    /** The user or root user itself: AssumeRole without role, or GetSessionToken. */
    USER('U'),
    /** GetFederationToken: the user's rights under another name. */
    FEDERATED('F');

    private final char code;

    SessionSource(char code) {
      this.code = code;
    }

    int code() {
      return code;
    }

    static SessionSource ofCode(int code) throws IOException {
      for (SessionSource source : values()) {
        if (source.code == code) {
          return source;
        }
      }
      throw new IOException("no such source of sessions: " + code);
    }
  }

  /** The session policies of a grant, compiled. */
  static final class SessionPolicies {
    /**
     * Stands in where a session is narrowed and no policy is left to say to what: an empty list
     * would mean not narrowed. Allows only what needs no permission anyway.
     */
    private static final Policy NOTHING =
        Policy.parse(
            "nothing",
            """
            {"Version":"2012-10-17","Statement":[
             {"Effect":"Allow","Action":"sts:GetCallerIdentity","Resource":"*"}]}\
            """,
            Policy.Kind.SESSION);

    private SessionPolicies() {}

    static List<Policy> of(SessionGrant grant, IdentityView snapshot) {
      List<Policy> policies = new ArrayList<>();
      for (String document : grant.policies()) {
        policies.add(Policy.parse("session policy", document, Policy.Kind.SESSION));
      }
      for (String arn : grant.policyArns()) {
        Optional<ManagedPolicy> managed = snapshot.policy(arn);
        managed.ifPresent(policy -> policies.add(policy.session()));
      }
      if (grant.narrowed() && policies.isEmpty()) {
        policies.add(NOTHING);
      }
      return policies;
    }
  }
}
