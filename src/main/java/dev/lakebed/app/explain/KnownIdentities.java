package dev.lakebed.app.explain;

import dev.lakebed.iam.config.IamConfig;
import dev.lakebed.iam.model.IamSnapshot;
import dev.lakebed.iam.model.Role;
import dev.lakebed.iam.model.StsSettings;
import dev.lakebed.iam.model.User;
import dev.lakebed.policy.Grants;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The identities of configuration files and of account details together; what the configuration
 * defines wins, as in the server.
 */
record KnownIdentities(IamSnapshot all, AccountDetails details) {
  static KnownIdentities of(List<Path> config, Optional<Path> accountDetails) throws IOException {
    if (config.isEmpty() && accountDetails.isEmpty()) {
      throw new UsageException("give --config or --account-details, or both");
    }
    IamSnapshot configured =
        config.isEmpty()
            ? new IamSnapshot(
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Grants.NONE,
                StsSettings.DEFAULT)
            : IamConfig.load(config).snapshot();
    AccountDetails details =
        accountDetails.isPresent()
            ? AccountDetails.read(accountDetails.get())
            : AccountDetails.none();
    return new KnownIdentities(
        new IamSnapshot(
            Stream.concat(configured.users().stream(), users(configured, details)).toList(),
            List.copyOf(configured.roots()),
            List.copyOf(configured.keys().values()),
            Stream.concat(configured.roles().stream(), roles(configured, details)).toList(),
            List.copyOf(configured.policies()),
            configured.anonymous(),
            configured.sts()),
        details);
  }

  private static Stream<User> users(IamSnapshot configured, AccountDetails details) {
    return details.users().stream().filter(user -> configured.user(user.arn()).isEmpty());
  }

  private static Stream<Role> roles(IamSnapshot configured, AccountDetails details) {
    return details.roles().stream().filter(role -> configured.role(role.arn()).isEmpty());
  }

  /** What to tell of a principal that is not among them. */
  UsageException unknown(String principal) {
    return new UsageException(
        details.isConfigured(principal)
            ? principal + " is defined in the configuration file, so give --config too"
            : "there is no access key, user, root user or role " + principal);
  }
}
