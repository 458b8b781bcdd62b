package dev.lakebed.app.explain;

import dev.lakebed.app.explain.KnownIdentities.Identification;
import dev.lakebed.auth.KeyedCaller;
import dev.lakebed.auth.Permission;
import dev.lakebed.auth.Permission.Resource;
import dev.lakebed.auth.PolicyWarnings;
import dev.lakebed.auth.Principal;
import dev.lakebed.iam.config.InvalidConfigException;
import dev.lakebed.iam.config.InvalidConfigException.ConfigProblem;
import dev.lakebed.iam.model.IamSnapshot;
import dev.lakebed.iam.model.RoleArn;
import dev.lakebed.policy.Keys;
import dev.lakebed.policy.Policy;
import dev.lakebed.policy.Policy.MalformedPolicyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code lakebed explain}: what the policy engine of the server says to one question, and why, or
 * what it said to one that was refused. Reads files only.
 */
@Command(
    name = "explain",
    description = "Say whether a principal may do something, and which rule decides.",
    footer = {
      "",
      "Ends with 0 when it is allowed, 1 when it is denied, 2 when that cannot be said.",
      "",
      "For example:",
      "  lakebed explain --config docs/examples/lakekeeper.json --principal lakekeeper \\",
      "      --action s3:GetObject --resource arn:aws:s3:::warehouse/a"
    },
    mixinStandardHelpOptions = true)
public final class Explain implements Callable<Integer> {
  private static final int ALLOWED = 0;
  private static final int DENIED = 1;
  private static final int UNUSABLE = 2;

  private static final Pattern ARN =
      Pattern.compile("arn:aws[\\w-]*:[\\w-]+:[^:]*:(\\d{12})?:.+", Pattern.DOTALL);

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "JSON configuration; may be given twice")
  private List<Path> config = List.of();

  @Option(
      names = "--account-details",
      paramLabel = "FILE",
      description =
          "identities of the database, as aws iam get-account-authorization-details prints them")
  private @Nullable Path accountDetails;

  @Option(
      names = "--principal",
      paramLabel = "ARN|ACCESS_KEY",
      description = "user, root user, role, role session, access key id, or anonymous")
  private @Nullable String principal;

  @Option(names = "--action", paramLabel = "NAME", description = "for example s3:GetObject")
  private @Nullable String action;

  @Option(names = "--resource", paramLabel = "ARN", description = "full ARN, or *")
  private @Nullable String resource;

  @Option(
      names = "--resource-account",
      paramLabel = "ACCOUNT",
      description = "owner of the resource; else from the ARN, else the account of the principal")
  private @Nullable String resourceAccount;

  @Option(names = "--session-policy", paramLabel = "FILE", description = "may be given twice")
  private List<Path> sessionPolicies = List.of();

  @Option(
      names = "--resource-policy",
      paramLabel = "FILE",
      description = "policy of the bucket or table; may be given twice")
  private List<Path> resourcePolicies = List.of();

  @Option(
      names = "--key",
      paramLabel = "NAME=VALUE",
      description = "condition key of the request; may be given many times")
  private List<String> keys = List.of();

  @Option(
      names = "--decision",
      paramLabel = "ID",
      description =
          "show a refusal of the past instead, from the audit trail; exit code 0 if it is found")
  private @Nullable String decision;

  @Option(
      names = "--data",
      paramLabel = "DIRECTORY",
      description =
          "data directory of the server, for its audit trail; ${DEFAULT-VALUE} if not given")
  private Path data = Path.of("lakebed-data");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    try {
      if (decision != null) {
        return recorded(decision);
      }
      Verdict verdict = verdict();
      print(verdict.toString());
      return verdict.decision().allowed() ? ALLOWED : DENIED;
    } catch (InvalidConfigException invalid) {
      invalid.problems().stream().map(ConfigProblem::toString).forEach(this::complain);
    } catch (UsageException | MalformedPolicyException | IOException unusable) {
      complain(String.valueOf(unusable.getMessage()));
    }
    return UNUSABLE;
  }

  private void complain(String sentence) {
    spec.commandLine().getErr().println("lakebed: " + sentence);
  }

  private void print(String text) {
    spec.commandLine().getOut().print(text);
    spec.commandLine().getOut().flush();
  }

  private int recorded(String id) throws IOException {
    String found =
        DecisionRecord.find(data, id)
            .orElseThrow(() -> new UsageException("the audit trail in " + data + " has no " + id));
    print(found);
    return ALLOWED;
  }

  private static <T> T given(@Nullable T option, String name) {
    if (option == null) {
      throw new UsageException("the option " + name + " is missing");
    }
    return option;
  }

  private Verdict verdict() throws IOException {
    Instant now = Instant.now();
    KnownIdentities known = KnownIdentities.of(config, Optional.ofNullable(accountDetails));
    List<Policy> session = policies(sessionPolicies, Policy.Kind.SESSION);
    Principal who = new Identification(known, session, now).find(given(principal, "--principal"));
    Permission permission =
        Permission.of(
            given(action, "--action"), asked(known.all(), given(resource, "--resource"), who));
    KeyedCaller caller = new KeyedCaller(who, conditionKeys(now));
    return new Verdict(who, permission, caller.decide(permission), warnings(who, permission));
  }

  /** Of all policies that were asked. */
  private static List<String> warnings(Principal who, Permission permission) {
    return Stream.concat(who.grants().policies(), permission.resource().policies().stream())
        .flatMap(policy -> PolicyWarnings.of(policy).stream())
        .distinct()
        .toList();
  }

  /** A role is guarded by its trust policy. */
  private Resource asked(IamSnapshot identities, String text, Principal who) throws IOException {
    Optional<String> named = account(text);
    String account = who.account().matches("\\d{12}") ? who.account() : identities.sts().account();
    List<Policy> guards = new ArrayList<>(policies(resourcePolicies, Policy.Kind.RESOURCE));
    RoleArn.parse(text, account)
        .flatMap(identities::role)
        .ifPresent(role -> guards.add(role.trust()));
    String owner = resourceAccount == null ? named.orElse(account) : resourceAccount;
    return new Resource(text, owner, guards);
  }

  /** The account that a full ARN names; none in {@code *}, for what has no resource. */
  private static Optional<String> account(String resource) {
    Matcher arn = ARN.matcher(resource);
    if (arn.matches()) {
      return Optional.ofNullable(arn.group(1));
    }
    if (resource.equals("*")) {
      return Optional.empty();
    }
    throw new UsageException(
        "--resource must be a full ARN, such as arn:aws:s3:::bucket/key, or *, but is " + resource);
  }

  /** The time, and {@code name=value} as given; a name that is given twice has both values. */
  private Keys conditionKeys(Instant now) {
    Map<String, List<String>> given = new HashMap<>();
    for (String assignment : keys) {
      int equals = assignment.indexOf('=');
      String name = equals < 0 ? assignment : assignment.substring(0, equals);
      if (equals < 0 || name.indexOf(':') < 1) {
        throw new UsageException("--key must be like aws:SourceIp=192.0.2.1, not " + assignment);
      }
      given
          .computeIfAbsent(name.toLowerCase(Locale.ROOT), key -> new ArrayList<>())
          .add(assignment.substring(equals + 1));
    }
    given.putIfAbsent("aws:currenttime", List.of(now.toString()));
    given.putIfAbsent("aws:epochtime", List.of(String.valueOf(now.getEpochSecond())));
    return Keys.of(given);
  }

  private static List<Policy> policies(List<Path> files, Policy.Kind kind) throws IOException {
    List<Policy> policies = new ArrayList<>();
    for (Path file : files) {
      policies.add(Policy.parse(file.toString(), Files.readString(file), kind));
    }
    return policies;
  }

  /** An option that cannot be used; the message is a sentence for the operator. */
  static final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
      super(message);
    }
  }
}
