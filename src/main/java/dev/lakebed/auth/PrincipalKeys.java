package dev.lakebed.auth;

import dev.lakebed.policy.Keys;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Condition keys that say who asks. They come from the verified credential alone.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html">AWS
 *     global condition keys, properties of the principal</a>
 */
record PrincipalKeys(Principal principal) implements Keys {
  private static final String TAG = "aws:principaltag/";

  @Override
  public List<String> values(String key) {
    return principal instanceof Principal.Anonymous ? Keys.ANONYMOUS.values(key) : valuesOf(key);
  }

  private List<String> valuesOf(String key) {
    return switch (key) {
      case "aws:principalarn" -> one(principalArn());
      case "aws:principalaccount" -> one(account());
      case "aws:principaltype" -> one(type());
      case "aws:userid" -> List.of(principal.userId());
      case "aws:username" -> one(userName());
      case "aws:sourceidentity" -> one(session().flatMap(Principal.Session::sourceIdentity));
      case "aws:tokenissuetime" -> one(session().map(s -> s.issuedAt().toString()));
      case "aws:multifactorauthpresent" -> one(session().map(s -> "false"));
      case "aws:principalisawsservice", "aws:viaawsservice" -> List.of("false");
      default -> key.startsWith(TAG) ? TagKeys.of(TAG, tags()).values(key) : identity(key);
    };
  }

  /**
   * Names of the keys that this principal has and others do not: tags, and what a provider said.
   */
  static Stream<String> names(Principal principal) {
    PrincipalKeys keys = new PrincipalKeys(principal);
    return Stream.concat(
        keys.tags().keySet().stream().sorted().map("aws:PrincipalTag/"::concat),
        keys.session().stream().flatMap(session -> session.identity().keySet().stream().sorted()));
  }

  private List<String> identity(String key) {
    return one(session().map(Principal.Session::identity).map(identity -> identity.get(key)));
  }

  private static List<String> one(Optional<String> value) {
    return value.map(List::of).orElseGet(List::of);
  }

  private Optional<Principal.Session> session() {
    return principal instanceof Principal.Session session ? Optional.of(session) : Optional.empty();
  }

  private Optional<String> principalArn() {
    return switch (principal) {
      case Principal.Anonymous nobody -> Optional.empty();
      case Principal.Session session when session.roleSession() -> Optional.of(session.issuer());
      default -> Optional.of(principal.arn());
    };
  }

  private Optional<String> account() {
    return principal instanceof Principal.Anonymous
        ? Optional.empty()
        : Optional.of(principal.account());
  }

  private Optional<String> type() {
    return switch (principal) {
      case Principal.Anonymous nobody -> Optional.empty();
      case Principal.AccountRoot root -> Optional.of("Account");
      case Principal.User user -> Optional.of("User");
      case Principal.Session session when session.roleSession() -> Optional.of("AssumedRole");
      case Principal.Session session when session.isRootUser() -> Optional.of("Account");
      case Principal.Session session ->
          Optional.of(session.federatedUser() ? "FederatedUser" : "User");
    };
  }

  private Optional<String> userName() {
    return switch (principal) {
      case Principal.User user -> Optional.of(user.name());
      case Principal.Session session -> session.userName();
      default -> Optional.empty();
    };
  }

  private Map<String, String> tags() {
    return switch (principal) {
      case Principal.User user -> user.tags();
      case Principal.Session session -> session.tags();
      default -> Map.of();
    };
  }
}
