package dev.lakebed.policy;

import dev.lakebed.policy.Question.Subject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Principal or NotPrincipal element. Users, roles and role sessions are named by ARN or by
 * unique id, federated users by ARN, identity providers by ARN or host name.
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
      case ROLE_SESSION ->
          names(subject) ? Reach.DIRECT : namesRole(subject) ? Reach.ISSUER : ofAccount(subject);
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

  /** How directly a resource or trust policy names the subject; later ones grant more. */
  enum Reach {
    NONE,
    /** Its account: the policies of the subject decide. */
    ACCOUNT,
    /** The role or user behind a session: what limits the session still applies. */
    ISSUER,
    /** The subject itself, or everyone: the grant stands on its own. */
    DIRECT
  }

  static final class PrincipalParser {
    private static final Pattern ACCOUNT =
        Pattern.compile("([0-9]{12})|arn:[a-z][a-z0-9-]*:iam::([0-9]{12}):root");
    private static final Pattern PRINCIPAL_ARN =
        Pattern.compile(
            "arn:[a-z][a-z0-9-]*:(?:iam::[0-9]{12}:(?:user|role)/[!-~]+"
                + "|sts::[0-9]{12}:(?:assumed-role/[\\w+=,.@-]+/[\\w+=,.@-]+|federated-user/[!-~]+))");
    private static final Pattern UNIQUE_ID =
        Pattern.compile("AIDA[A-Z0-9]{12,124}|AROA[A-Z0-9]{12,124}(?::[\\w+=,.@-]+)?");

    /** Possessive: a name of many parts must not need a stack as deep. */
    private static final Pattern SERVICE = Pattern.compile("[a-z0-9-]++(?:\\.[a-z0-9-]++)++");

    private static final Pattern FEDERATED = Pattern.compile("[!-~]+");

    private final Node.Member element;
    private final Set<String> accounts = new HashSet<>();
    private final Set<String> named = new HashSet<>();
    private final Set<String> services = new HashSet<>();
    private final Set<String> federated = new HashSet<>();
    private boolean everyone;

    private PrincipalParser(Node.Member element) {
      this.element = element;
    }

    static PrincipalSet parse(Node.Member element) {
      return new PrincipalParser(element).parse();
    }

    private PrincipalSet parse() {
      Node value = element.value();
      if (value instanceof Node.Text text) {
        if (!text.value().equals("*")) {
          throw text.error(element.name() + " must be \"*\" or an object");
        }
        everyone = true;
      } else {
        List<Node.Member> members = value.members(element.name());
        if (members.isEmpty()) {
          throw value.error(element.name() + " must not be empty");
        }
        members.forEach(this::type);
      }
      boolean negated = element.name().startsWith("Not");
      return new PrincipalSet(everyone, accounts, named, services, federated, negated);
    }

    private void type(Node.Member member) {
      switch (member.name()) {
        case "AWS" -> member.value().strings("AWS").forEach(this::aws);
        case "Service" -> collect(member, SERVICE, services);
        case "Federated" -> collect(member, FEDERATED, federated);
        case "CanonicalUser" ->
            throw member.at().error("CanonicalUser is not supported, name the account under AWS");
        default -> throw member.at().error("unknown principal type " + Node.quoted(member.name()));
      }
    }

    private void aws(Node.Text text) {
      String value = text.value();
      Matcher account = ACCOUNT.matcher(value);
      if (value.equals("*")) {
        everyone = true;
      } else if (account.matches()) {
        accounts.add(account.group(account.start(1) >= 0 ? 1 : 2));
      } else if (UNIQUE_ID.matcher(value).matches()) {
        named.add(value);
      } else {
        add(text, PRINCIPAL_ARN, named);
      }
    }

    private static void collect(Node.Member member, Pattern syntax, Set<String> into) {
      member.value().strings(member.name()).forEach(text -> add(text, syntax, into));
    }

    private static void add(Node.Text text, Pattern syntax, Set<String> into) {
      String value = text.value();
      if (!syntax.matcher(value).matches() || value.contains("*") || value.contains("?")) {
        throw text.error("invalid principal in policy: " + Node.quoted(value));
      }
      into.add(value);
    }
  }
}
