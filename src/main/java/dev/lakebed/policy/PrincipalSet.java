package dev.lakebed.policy;

import java.util.Set;

/**
 * The Principal or NotPrincipal element.
 *
 * @param everyone {@code *} is among them
 * @param accounts accounts named by number or by their root ARN
 * @param arns users, roles, role sessions, federated users
 * @param services names of services
 * @param federated identity providers, as ARN or as host name
 * @param negated NotPrincipal
 */
record PrincipalSet(
    boolean everyone,
    Set<String> accounts,
    Set<String> arns,
    Set<String> services,
    Set<String> federated,
    boolean negated) {
  /** For documents that name no principals because they belong to one. */
  static final PrincipalSet OWNER =
      new PrincipalSet(true, Set.of(), Set.of(), Set.of(), Set.of(), false);

  private static final String PROVIDER = ":oidc-provider/";

  PrincipalSet {
    accounts = Set.copyOf(accounts);
    arns = Set.copyOf(arns);
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
      case USER -> arns.contains(subject.arn()) ? Reach.DIRECT : ofAccount(subject);
      case USER_SESSION -> arns.contains(subject.arn()) ? Reach.ISSUER : ofAccount(subject);
      case FEDERATED -> isFederated(subject) ? Reach.DIRECT : ofAccount(subject);
      case ROLE_SESSION -> {
        if (arns.contains(subject.arn())) {
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
          case USER, USER_SESSION -> arns.contains(subject.arn());
          case FEDERATED -> isFederated(subject);
          case ROLE_SESSION -> arns.contains(subject.arn()) && namesRole(subject);
        };
  }

  private Reach ofAccount(Subject subject) {
    return accounts.contains(subject.account()) ? Reach.ACCOUNT : Reach.NONE;
  }

  private boolean namesRole(Subject subject) {
    return subject.roleArn().isPresent() && arns.contains(subject.roleArn().get());
  }

  private boolean isFederated(Subject subject) {
    String arn = subject.arn();
    int provider = arn.indexOf(PROVIDER);
    return arns.contains(arn)
        || federated.contains(arn)
        || (provider >= 0 && federated.contains(arn.substring(provider + PROVIDER.length())));
  }
}
