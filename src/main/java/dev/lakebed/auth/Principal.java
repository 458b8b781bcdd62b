package dev.lakebed.auth;

import dev.lakebed.policy.Question.Grants;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who signed a request.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html">AWS,
 *     principal key values</a>
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
    return false;
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

    @Override
    public boolean isRootUser() {
      return true;
    }
  }

  /**
   * A user with long-term keys.
   *
   * @param name user name without path
   */
  record User(
      String account,
      String arn,
      String userId,
      String name,
      Map<String, String> tags,
      Grants grants)
      implements Principal {}

  /**
   * Temporary credentials: of an assumed role, or of the caller itself (AssumeRole without a role,
   * GetSessionToken).
   *
   * @param arn {@code assumed-role} ARN, or the ARN of the user whose session this is
   * @param issuer ARN of the role, user or root user that the session stands for; {@code
   *     aws:PrincipalArn}
   * @param roleSession whether a role was assumed
   * @param userName the user behind a session without role; none of a root or federated user
   * @param tags principal tags, session tags included
   * @param transitiveTags keys of tags that follow down a chain
   * @param sourceIdentity set once, then kept for the whole chain
   * @param chain what the session rests on: the long-term access key id it began with, then the
   *     sessions before this one, oldest first, each with role, access key id, second of issue and
   *     id of the role. Instead of the key, the ARN of an identity provider, {@code #} and whom it
   *     vouched for
   * @param identity condition keys that an identity provider gave, in lower case
   */
  record Session(
      String account,
      String arn,
      String userId,
      String issuer,
      boolean roleSession,
      Optional<String> userName,
      String sessionName,
      Map<String, String> tags,
      Set<String> transitiveTags,
      Optional<String> sourceIdentity,
      Instant issuedAt,
      Instant expiresAt,
      List<String> chain,
      Grants grants,
      Map<String, String> identity)
      implements Principal {
    /** Whether it is one of GetFederationToken, which AWS keeps from further roles. */
    public boolean federatedUser() {
      return !roleSession && userName.isEmpty() && !isRootUser();
    }

    /** A federated session of the root user has the rights but another ARN. */
    @Override
    public boolean isRootUser() {
      return !roleSession && grants.root() && arn.equals(issuer);
    }

    /** A session that no identity provider stands behind. */
    public Session(
        String account,
        String arn,
        String userId,
        String issuer,
        boolean roleSession,
        Optional<String> userName,
        String sessionName,
        Map<String, String> tags,
        Set<String> transitiveTags,
        Optional<String> sourceIdentity,
        Instant issuedAt,
        Instant expiresAt,
        List<String> chain,
        Grants grants) {
      this(
          account,
          arn,
          userId,
          issuer,
          roleSession,
          userName,
          sessionName,
          tags,
          transitiveTags,
          sourceIdentity,
          issuedAt,
          expiresAt,
          chain,
          grants,
          Map.of());
    }
  }
}
