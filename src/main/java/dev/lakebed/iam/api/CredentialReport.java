package dev.lakebed.iam.api;

import dev.lakebed.metadata.iam.Entity;
import dev.lakebed.metadata.iam.Kind;
import dev.lakebed.metadata.iam.LastUse;
import dev.lakebed.metadata.iam.Login;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

  private final Inventory inventory;
  private final Exchange exchange;

  private CredentialReport(Inventory inventory, Exchange exchange) {
    this.inventory = inventory;
    this.exchange = exchange;
  }

  static String of(Inventory inventory, Exchange exchange) {
    CredentialReport report = new CredentialReport(inventory, exchange);
    StringBuilder csv = new StringBuilder(HEAD);
    inventory.stream(Kind.USER, "/", "")
        .forEach(user -> csv.append(String.join(",", report.line(user))).append('\n'));
    return csv.toString();
  }

  private List<String> line(Entity user) {
    Optional<Login> login = inventory.stored().logins().find(user.id());
    List<String> line =
        new ArrayList<>(
            List.of(
                user.name().contains(",") ? "\"" + user.name() + "\"" : user.name(),
                user.arn().contains(",") ? "\"" + user.arn() + "\"" : user.arn(),
                EntityXml.time(user.created()),
                String.valueOf(login.isPresent()),
                login.isPresent() ? "no_information" : NONE,
                login.map(l -> EntityXml.time(l.changed())).orElse(NONE),
                NONE,
                "false"));
    List<Key> keys = keys(user);
    for (int slot = 0; slot < AccessKeyActions.MOST; slot++) {
      line.addAll(slot < keys.size() ? key(keys.get(slot)) : noKey());
    }
    line.addAll(List.of("false", NONE, "false", NONE));
    return line;
  }

  private record Key(String id, boolean active, Optional<Instant> created) {}

  private List<Key> keys(Entity user) {
    if (user.configured()) {
      return exchange.configured().keys().values().stream()
          .filter(owned -> owned.owner().arn().equals(user.arn()))
          .map(owned -> new Key(owned.key().id(), owned.key().active(), Optional.empty()))
          .toList();
    }
    return inventory.stored().keys().of(user.id()).stream()
        .map(key -> new Key(key.id(), key.active(), Optional.of(key.created())))
        .toList();
  }

  private List<String> key(Key key) {
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
