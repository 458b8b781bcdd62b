package dev.lakebed.policy;

import java.util.Set;

/**
 * The Principal or NotPrincipal element.
 *
 * @param everyone {@code *} is among them
 * @param accounts accounts named by number or by their root ARN
 * @param named users, roles and role sessions by ARN or by unique id, federated users by ARN
 * @param services names of services
 * @param federated identity providers, as ARN or as host name
 * @param negated NotPrincipal
 */
record PrincipalSet(
    boolean everyone,
    Set<String> accounts,
    Set<String> named,
    Set<String> services,
    Set<String> federated,
    boolean negated) {
  /** For documents that name no principals because they belong to one. */
  static final PrincipalSet OWNER =
      new PrincipalSet(true, Set.of(), Set.of(), Set.of(), Set.of(), false);

  private static final String PROVIDER = ":oidc-provider/";

  PrincipalSet {
    accounts = Set.copyOf(accounts);
    named = Set.copyOf(named);
    services = Set.copyOf(services);
    federated = Set.copyOf(federated);
  }

  Reach reach(Subject subject) {
    if (negated) {
      return isListedWhole(subject) ? Reach.NONE : Reach.DIRECT;
    }
    if (everyone) {
      return Reach.DIRECT;
    }
    return switch (subject.kind()) {
      case ANONYMOUS -> Reach.NONE;
      case SERVICE -> services.contains(subject.arn()) ? Reach.DIRECT : Reach.NONE;
      case ROOT -> accounts.contains(subject.account()) ? Reach.DIRECT : Reach.NONE;
      case USER -> names(subject) ? Reach.DIRECT : ofAccount(subject);
      case USER_SESSION -> names(subject) ? Reach.ISSUER : ofAccount(subject);
      case FEDERATED -> isFederated(subject) ? Reach.DIRECT : ofAccount(subject);
      case ROLE_SESSION -> {
        if (names(subject)) {
          yield Reach.DIRECT;
        }
        yield namesRole(subject) ? Reach.ISSUER : ofAccount(subject);
      }
    };
  }

  /**
   * Whether NotPrincipal spares the subject. AWS looks at role and session one after the other, so
   * a role session is spared only when both are listed.
   */
  private boolean isListedWhole(Subject subject) {
    return everyone
        || switch (subject.kind()) {
          case ANONYMOUS -> false;
          case SERVICE -> services.contains(subject.arn());
          case ROOT -> accounts.contains(subject.account());
          case USER, USER_SESSION -> names(subject);
          case FEDERATED -> isFederated(subject);
          case ROLE_SESSION -> names(subject) && namesRole(subject);
        };
  }

  private Reach ofAccount(Subject subject) {
    return accounts.contains(subject.account()) ? Reach.ACCOUNT : Reach.NONE;
  }

  /** Not for federated principals: the id of one from elsewhere is what its provider says. */
  private boolean names(Subject subject) {
    return named.contains(subject.arn()) || named.contains(subject.id());
  }

  private boolean namesRole(Subject subject) {
    return subject.roleArn().filter(named::contains).isPresent()
        || named.contains(subject.roleId());
  }

  private boolean isFederated(Subject subject) {
    String arn = subject.arn();
    int provider = arn.indexOf(PROVIDER);
    return (arn.startsWith("arn:") && named.contains(arn))
        || federated.contains(arn)
        || (provider >= 0 && federated.contains(arn.substring(provider + PROVIDER.length())));
  }
}
