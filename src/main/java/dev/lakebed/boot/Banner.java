package dev.lakebed.boot;

import dev.lakebed.iam.Identities;
import dev.lakebed.iam.model.OwnedKey;
import dev.lakebed.ops.Settings;

/**
 * What a person sees when the server is up: endpoints, data, generated keys. Printed, not logged: a
 * key belongs on the terminal of whoever started the server, not into log files.
 */
final class Banner {
  private Banner() {}

  @SuppressWarnings("SystemOut")
  static void print(Settings settings, DataDirectory data, Identities identities) {
    Settings.Listeners listeners = settings.listeners();
    String host = listeners.bind().equals("0.0.0.0") ? "localhost" : listeners.bind();
    StringBuilder text = new StringBuilder("\n");
    line(text, "S3, STS, IAM, S3 Tables", "http://" + host + ":" + listeners.port());
    if (listeners.httpsPort() != 0) {
      line(text, "the same over TLS", "https://" + host + ":" + listeners.httpsPort());
    }
    line(text, "region", settings.region());
    line(text, "data", data.root().toString());
    identities.generated().ifPresent(key -> generated(text, key, data));
    System.out.println(text);
  }

  private static void generated(StringBuilder text, OwnedKey owned, DataDirectory data) {
    line(text, "access key", owned.key().id());
    line(text, "secret key", owned.key().secret().reveal());
    line(text, "", "(made by this server, kept in " + data.resolve("keys") + ")");
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append("  %-24s %s%n".formatted(name, value));
  }
}
