package dev.lakebed.explain;

import dev.lakebed.auth.KeyedCaller;
import dev.lakebed.auth.Permission;
import dev.lakebed.auth.Principal;
import dev.lakebed.auth.Resource;
import dev.lakebed.iam.config.ConfigProblem;
import dev.lakebed.iam.config.IamConfig;
import dev.lakebed.iam.config.InvalidConfigException;
import dev.lakebed.iam.model.IamSnapshot;
import dev.lakebed.iam.model.RoleArn;
import dev.lakebed.policy.MalformedPolicyException;
import dev.lakebed.policy.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code lakebed explain}: what the policy engine of the server says to one question, and why.
 * Reads files only; identities that the IAM API keeps in the database are not seen.
 */
@Command(
    name = "explain",
    description = "Say whether a principal may do something, and which rule decides.",
    mixinStandardHelpOptions = true)
public final class ExplainCommand implements Callable<Integer> {
  private static final int ALLOWED = 0;
  private static final int DENIED = 1;
  private static final int UNUSABLE = 2;
  private static final Pattern ACCOUNT = Pattern.compile("arn:aws:\\w+:[^:]*:(\\d{12}):.*");

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "JSON configuration; may be given twice")
  private List<Path> config = List.of();

  @Option(
      names = "--principal",
      required = true,
      paramLabel = "ARN|ACCESS_KEY",
      description = "user, role, role session, access key id, or anonymous")
  private String principal = "";

  @Option(names = "--action", required = true, description = "for example s3:GetObject")
  private String action = "";

  @Option(names = "--resource", required = true, paramLabel = "ARN", description = "full ARN")
  private String resource = "";

  @Option(
      names = "--resource-account",
      paramLabel = "ACCOUNT",
      description = "owner of the resource; else from the ARN, else the configured account")
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

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    try {
      Verdict verdict = verdict();
      spec.commandLine().getOut().print(verdict);
      spec.commandLine().getOut().flush();
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

  private Verdict verdict() throws IOException {
    Instant now = Instant.now();
    IamSnapshot identities = IamConfig.load(config).snapshot();
    List<Policy> session = policies(sessionPolicies, Policy.Kind.SESSION);
    Principal who = new Identification(identities, session, now).find(principal);
    Permission permission = Permission.of(action, asked(identities));
    KeyedCaller caller = new KeyedCaller(who, GivenKeys.of(keys, now));
    return new Verdict(who, permission, caller.decide(permission), List.of());
  }

  /** A role is guarded by its trust policy. */
  private Resource asked(IamSnapshot identities) throws IOException {
    List<Policy> guards = new ArrayList<>(policies(resourcePolicies, Policy.Kind.RESOURCE));
    RoleArn.parse(resource, identities.sts().account())
        .flatMap(identities::role)
        .ifPresent(role -> guards.add(role.trust()));
    return new Resource(resource, owner(identities), guards);
  }

  private String owner(IamSnapshot identities) {
    if (resourceAccount != null) {
      return resourceAccount;
    }
    Matcher arn = ACCOUNT.matcher(resource);
    return arn.matches() ? arn.group(1) : identities.sts().account();
  }

  private static List<Policy> policies(List<Path> files, Policy.Kind kind) throws IOException {
    List<Policy> policies = new ArrayList<>();
    for (Path file : files) {
      policies.add(Policy.parse(file.toString(), Files.readString(file), kind));
    }
    return policies;
  }
}
