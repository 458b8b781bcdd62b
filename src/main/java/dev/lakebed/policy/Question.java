package dev.lakebed.policy;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One permission asked for. {@code resource} is a full ARN. Where an action has no resource, an ARN
 * that ends in {@code *}, for example {@code arn:aws:s3:::*}, so that policies that name the
 * service match.
 */
public record Question(
    String action,
    String resource,
    String resourceAccount,
    Subject subject,
    Grants grants,
    List<Policy> resourcePolicies,
    Keys keys) {
  public Question {
    resourcePolicies = List.copyOf(resourcePolicies);
  }

  /**
   * Who asks, as the {@code Principal} element of a resource or trust policy sees it.
   *
   * @param account twelve-digit account; of an anonymous caller any text that is no account
   * @param arn user, assumed-role session or federated-user ARN; of a web identity the ARN of its
   *     provider; of a service its name, for example {@code logging.s3.amazonaws.com}
   * @param roleArn the role behind a role session
   * @param id {@code aws:userid} of a user, a user's session or a role session: the unique id of
   *     the user, or that of the role, a colon and the name of the session. Empty when there is
   *     none or it is not known
   */
  public record Subject(
      Kind kind, String account, String arn, Optional<String> roleArn, String id) {
    public enum Kind {
      ANONYMOUS,
      ROOT,
      /** A user with long-term keys. */
      USER,
      /** A session of an assumed role. */
      ROLE_SESSION,
      /** Temporary credentials of a user, without a role. */
      USER_SESSION,
      /** A federated user, or a web identity that asks for a role. */
      FEDERATED,
      /** A part of the server that acts for itself. */
      SERVICE
    }

    public static final Subject ANONYMOUS =
        new Subject(Kind.ANONYMOUS, "anonymous", "*", Optional.empty(), "");

    /** Checks that a role session names its role and nothing else does. */
    public Subject {
      if ((kind == Kind.ROLE_SESSION) != roleArn.isPresent()) {
        throw new IllegalArgumentException("exactly a role session has a role: " + kind);
      }
    }

    /** The unique id of the role behind a role session; empty when it is not known. */
    String roleId() {
      return id.substring(0, Math.max(id.indexOf(':'), 0));
    }
  }

  /**
   * What a principal brings along: the policies attached to it and the limits on them.
   *
   * @param session empty means the session is not narrowed further. Else it is allowed what at
   *     least one of them allows
   * @param root whether this is the account itself, allowed everything that no policy denies
   */
  public record Grants(
      List<Policy> identity, Optional<Policy> boundary, List<Policy> session, boolean root) {
    public Grants {
      identity = List.copyOf(identity);
      session = List.copyOf(session);
    }

    public static final Grants NONE = new Grants(List.of(), Optional.empty(), List.of(), false);

    /** All of them: identity, boundary, session. */
    public Stream<Policy> policies() {
      return Stream.of(identity.stream(), boundary.stream(), session.stream()).flatMap(s -> s);
    }
  }
}
