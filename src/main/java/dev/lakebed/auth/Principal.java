package dev.lakebed.auth;

import dev.lakebed.policy.Question.Grants;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who signed a request.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html">AWS</a>
 */
public sealed interface Principal {
  /** Twelve-digit account. */
  String account();

  /** The ARN that GetCallerIdentity shows. */
  String arn();

  /** The unique id: {@code AIDA…} of a user, {@code AROA…:session} of a role session. */
  String userId();

  /** Policies and limits. */
  Grants grants();

  /** Whether it is an account's root user, with a long-term key or a session of GetSessionToken. */
  default boolean isRootUser() {
    return this instanceof AccountRoot || this instanceof RootSession;
  }

  /** Tags of the user, or of the session with those of its role or user. */
  default Map<String, String> tags() {
    return Map.of();
  }

  /** Nobody: a request without credentials. */
  record Anonymous(Grants grants) implements Principal {
    @Override
    public String account() {
      return "anonymous";
    }

    @Override
    public String arn() {
      return "*";
    }

    @Override
    public String userId() {
      return "anonymous";
    }
  }

  /** The root user of an account, with a long-term key. */
  record AccountRoot(String account, Grants grants) implements Principal {
    @Override
    public String arn() {
      return "arn:aws:iam::" + account + ":root";
    }

    @Override
    public String userId() {
      return account;
    }
  }

  /** A user with long-term keys; the name is without path. */
  record User(
      String account,
      String arn,
      String userId,
      String name,
      Map<String, String> tags,
      Grants grants)
      implements Principal {}

  /** Temporary credentials; what they stand for is in the type. */
  sealed interface Session extends Principal {
    /** ARN of the role, user or root user that the session stands for. */
    default String issuer() {
      return arn();
    }

    SessionFacts facts();

    @Override
    default Map<String, String> tags() {
      return facts().tags();
    }
  }

  /**
   * What every session has, whatever it stands for.
   *
   * @param tags session tags; of a principal also those of the role or user
   * @param sourceIdentity set once, then kept for the whole chain
   * @param chain what the session rests on: the long-term access key id it began with, then the
   *     sessions before this one, oldest first, each with role, access key id, second of issue and
   *     id of the role. Instead of the key, the ARN of an identity provider, {@code #} and whom it
   *     vouched for
   * @param identity condition keys that an identity provider gave, in lower case
   */
  record SessionFacts(
      String name,
      Instant issuedAt,
      Instant expiresAt,
      Map<String, String> tags,
      Set<String> transitiveTags,
      Optional<String> sourceIdentity,
      List<String> chain,
      Map<String, String> identity) {
    /** Copies the collections, but not the tags, whose order a copy would lose. */
    public SessionFacts {
      tags = Collections.unmodifiableMap(tags);
      transitiveTags = Set.copyOf(transitiveTags);
      chain = List.copyOf(chain);
      identity = Map.copyOf(identity);
    }

    /** Without tags and identities. */
    public static SessionFacts of(
        String name, Instant issuedAt, Instant expiresAt, List<String> chain) {
      return new SessionFacts(
          name, issuedAt, expiresAt, Map.of(), Set.of(), Optional.empty(), chain, Map.of());
    }

    /** The same with other tags. */
    public SessionFacts with(Map<String, String> others) {
      return new SessionFacts(
          name, issuedAt, expiresAt, others, transitiveTags, sourceIdentity, chain, identity);
    }
  }

  /** An assumed role; {@code arn} is of the session, {@code issuer} of the role. */
  record RoleSession(
      String account, String arn, String roleId, String issuer, SessionFacts facts, Grants grants)
      implements Session {
    @Override
    public String userId() {
      return roleId + ":" + facts.name();
    }
  }

  /** A user's own session: AssumeRole without a role, or GetSessionToken. */
  record UserSession(
      String account, String arn, String userId, String userName, SessionFacts facts, Grants grants)
      implements Session {}

  /** A root user's own session, of GetSessionToken. */
  record RootSession(AccountRoot root, SessionFacts facts) implements Session {
    @Override
    public String account() {
      return root.account();
    }

    @Override
    public String arn() {
      return root.arn();
    }

    @Override
    public String userId() {
      return root.userId();
    }

    @Override
    public Grants grants() {
      return root.grants();
    }
  }

  /**
   * A session of GetFederationToken, which AWS keeps from further roles; or somebody whom an
   * identity provider vouches for, before a role is assumed. With the rights of a root user it is
   * still none.
   */
  record FederatedUser(
      String account, String arn, String userId, String issuer, SessionFacts facts, Grants grants)
      implements Session {}
}
