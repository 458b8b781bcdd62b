package dev.lakebed.policy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compiles the Principal and NotPrincipal elements. */
final class PrincipalParser {
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
      default -> throw member.at().error("unknown principal type " + Quoted.of(member.name()));
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
      throw text.error("invalid principal in policy: " + Quoted.of(value));
    }
    into.add(value);
  }
}
