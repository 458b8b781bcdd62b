package dev.lakebed.app.launch;

import dev.lakebed.app.launch.Main.Version;
import dev.lakebed.app.launch.PayaraLauncher.CannotStartException;
import dev.lakebed.app.launch.SignedCall.QueryAnswer;
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
      "  lakebed revoke --role arn:aws:iam::000000000000:role/LakekeeperVendedRole",
      "",
      "Ends with 0 when the sessions are ended, 1 when the server refuses, 2 when the command"
          + " cannot be understood, 3 when no server answers."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class RevokeCommand implements Callable<Integer> {
  private static final int REFUSED = 1;
  private static final String ENDPOINT_VARIABLE = "AWS_ENDPOINT_URL";
  private static final String ENDPOINT = "http://localhost:8333";

  private final Map<String, String> environment;

  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      description = "the server; " + ENDPOINT_VARIABLE + " if not given, else " + ENDPOINT)
  private @Nullable String endpoint;

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

  /** Takes keys and endpoint from these variables. */
  RevokeCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws InterruptedException {
    URI server = server();
    SignedCall call = new SignedCall(SignedCall.Keys.of(environment), server, "sts");
    try {
      return said(call.post(parameters()), server);
    } catch (IOException failure) {
      throw new CannotStartException(
          Main.CANNOT_START,
          "no answer from %s (%s); --endpoint or %s names another server"
              .formatted(server, failure.getClass().getSimpleName(), ENDPOINT_VARIABLE));
    }
  }

  private URI server() {
    String given = environment.getOrDefault(ENDPOINT_VARIABLE, "");
    String text = endpoint != null ? endpoint : given.isBlank() ? ENDPOINT : given;
    if (!text.matches("https?://[^/?#@\\s]+/?") || URI.create(text).getHost() == null) {
      throw new CannotStartException(
          Main.UNUSABLE_CONFIGURATION,
          "%s is %s, but must be the address of a server, such as %s"
              .formatted(endpoint != null ? "--endpoint" : ENDPOINT_VARIABLE, text, ENDPOINT));
    }
    return URI.create(text);
  }

  private Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    put(parameters, "Action", "RevokeSessions");
    put(parameters, "Version", "2011-06-15");
    put(parameters, "AccessKeyId", subject.session);
    put(parameters, "RoleArn", subject.role);
    put(parameters, "UserArn", subject.user);
    put(parameters, "IssuedBefore", issuedBefore);
    return parameters;
  }

  private int said(QueryAnswer answer, URI server) {
    if (answer.isGood()) {
      spec.commandLine().getOut().println(ended(answer));
      return 0;
    }
    String why =
        answer
            .text("Code")
            .map(code -> code + ", " + answer.text("Message").orElse("without a reason"))
            .orElse("an answer that is none of Lakebed's; --endpoint names another server");
    spec.commandLine()
        .getErr()
        .println(
            "lakebed: nothing was revoked: %s says %d %s".formatted(server, answer.status(), why));
    return REFUSED;
  }

  private String ended(QueryAnswer answer) {
    if (subject.session != null) {
      return "Ended the session %s and those made with it.".formatted(subject.session);
    }
    return "Ended all sessions of %s that were issued before %s, and those made with them."
        .formatted(answer.text("Subject").orElseThrow(), answer.text("IssuedBefore").orElseThrow());
  }

  private static void put(Map<String, String> parameters, String name, @Nullable String value) {
    if (value != null) {
      parameters.put(name, value);
    }
  }
}
