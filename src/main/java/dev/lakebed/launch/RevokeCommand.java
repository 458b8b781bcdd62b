package dev.lakebed.launch;

import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code lakebed revoke}: ends sessions on a server that runs. Signs with the keys in {@code
 * AWS_ACCESS_KEY_ID}, {@code AWS_SECRET_ACCESS_KEY} and {@code AWS_SESSION_TOKEN}.
 */
@Command(
    name = "revoke",
    description = {
      "End sessions on a running server.",
      "",
      "Signs with AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN."
    },
    footer = {
      "",
      "For example:",
      "  lakebed revoke --role arn:aws:iam::000000000000:role/LakekeeperVendedRole"
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class RevokeCommand implements Callable<Integer> {
  private static final int REFUSED = 1;

  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      defaultValue = "http://localhost:8333",
      description = "the server; ${DEFAULT-VALUE} if not given")
  private URI endpoint = URI.create("http://localhost:8333");

  @Option(
      names = "--issued-before",
      paramLabel = "TIME",
      description = "with --role or --user: only older sessions; now if not given")
  private @Nullable String issuedBefore;

  @ArgGroup(multiplicity = "1")
  private Subject subject = new Subject();

  @Spec private CommandSpec spec = CommandSpec.create();

  /** What to end. */
  static final class Subject {
    @Option(
        names = "--session",
        paramLabel = "ACCESS_KEY",
        description = "one session, by its access key id, and those made with it")
    private @Nullable String session;

    @Option(names = "--role", paramLabel = "ARN", description = "all sessions of a role")
    private @Nullable String role;

    @Option(names = "--user", paramLabel = "ARN", description = "all sessions of a user")
    private @Nullable String user;
  }

  @Override
  public Integer call() throws InterruptedException {
    Map<String, String> parameters = new LinkedHashMap<>();
    put(parameters, "Action", "RevokeSessions");
    put(parameters, "Version", "2011-06-15");
    put(parameters, "AccessKeyId", subject.session);
    put(parameters, "RoleArn", subject.role);
    put(parameters, "UserArn", subject.user);
    put(parameters, "IssuedBefore", issuedBefore);
    try {
      SignedCall.Answer answer =
          new SignedCall(SignedCall.Keys.of(System.getenv()), endpoint, "sts").post(parameters);
      spec.commandLine().getOut().println(answer.body());
      return answer.status() == 200 ? 0 : REFUSED;
    } catch (IOException failure) {
      throw new CannotStartException(
          Main.CANNOT_START, "no answer from " + endpoint + ": " + failure);
    }
  }

  private static void put(Map<String, String> parameters, String name, @Nullable String value) {
    if (value != null) {
      parameters.put(name, value);
    }
  }
}
