package dev.lakebed.iam.api;

import dev.lakebed.storage.metadata.iam.Entity;
import dev.lakebed.storage.metadata.iam.Kind;
import dev.lakebed.storage.metadata.iam.LastUse;
import dev.lakebed.storage.metadata.iam.Login;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The report as comma-separated values.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html">AWS,
 *     credential reports</a>
 */
final class CredentialReport {
  private static final String HEAD =
      "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,"
          + "password_next_rotation,mfa_active,access_key_1_active,access_key_1_last_rotated,"
          + "access_key_1_last_used_date,access_key_1_last_used_region,"
          + "access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,"
          + "access_key_2_last_used_date,access_key_2_last_used_region,"
          + "access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,cert_2_active,"
          + "cert_2_last_rotated\n";
  private static final String NONE = "N/A";

  private static final String UNSUPPORTED = "not_supported";

  private final Inventory inventory;

  private CredentialReport(Inventory inventory) {
    this.inventory = inventory;
  }

  static String of(Inventory inventory) {
    CredentialReport report = new CredentialReport(inventory);
    return Stream.concat(
            inventory.configured().all(Kind.ROOT).map(report::root),
            inventory.stream(Kind.USER, "/", "").map(report::user))
        .map(line -> String.join(",", line) + "\n")
        .collect(Collectors.joining("", HEAD, ""));
  }

  /** A root user has no password here, and AWS does not tell when one was changed. */
  private List<String> root(Entity root) {
    return line(
        root,
        List.of(
            "<root_account>",
            root.arn(),
            EntityXml.time(root.created()),
            "false",
            NONE,
            UNSUPPORTED,
            UNSUPPORTED,
            "false"));
  }

  private List<String> user(Entity user) {
    Optional<Login> login = inventory.stored().logins().find(user.id());
    return line(
        user,
        List.of(
            user.name().contains(",") ? "\"" + user.name() + "\"" : user.name(),
            user.arn().contains(",") ? "\"" + user.arn() + "\"" : user.arn(),
            EntityXml.time(user.created()),
            String.valueOf(login.isPresent()),
            login.isPresent() ? "no_information" : NONE,
            login.map(l -> EntityXml.time(l.changed())).orElse(NONE),
            NONE,
            "false"));
  }

  private List<String> line(Entity owner, List<String> head) {
    List<String> line = new ArrayList<>(head);
    List<KeyFacts> keys = KeyFacts.of(inventory, owner);
    for (int slot = 0; slot < AccessKeyActions.MOST; slot++) {
      line.addAll(slot < keys.size() ? key(keys.get(slot)) : noKey());
    }
    line.addAll(List.of("false", NONE, "false", NONE));
    return line;
  }

  private List<String> key(KeyFacts key) {
    Optional<LastUse> use = inventory.stored().uses().of(key.id()).stream().findFirst();
    return List.of(
        String.valueOf(key.active()),
        key.created().map(EntityXml::time).orElse(NONE),
        use.map(u -> EntityXml.time(u.at())).orElse(NONE),
        use.map(LastUse::region).orElse(NONE),
        use.map(LastUse::service).orElse(NONE));
  }

  private static List<String> noKey() {
    return List.of("false", NONE, NONE, NONE, NONE);
  }
}
