package dev.lakebed.app;

import dev.lakebed.iam.Identities.GeneratedKey;
import dev.lakebed.ops.Settings;
import java.io.Console;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What whoever started the server needs to know: where it is, and where the key is that it made. A
 * secret is shown once, on a terminal: everywhere else output is kept in files.
 */
final class Banner {
  private Banner() {}

  /** Says where the administrator's key is. */
  @SuppressWarnings("SystemOut")
  static void administrator(GeneratedKey key, StartLog log) {
    log.say(
        "No identity is configured: the administrator's access key is %s, its secret is in %s"
            .formatted(key.owned().key().id(), key.file()));
    secret(key, isTerminal()).ifPresent(System.out::println);
  }

  /** The text with the secret in it, for a person who has not seen it. */
  static Optional<String> secret(GeneratedKey key, boolean terminal) {
    return terminal && key.isNew()
        ? Optional.of(
            "%n  access key  %s%n  secret key  %s%n  (shown this once)%n"
                .formatted(key.owned().key().id(), key.owned().key().secret().reveal()))
        : Optional.empty();
  }

  /** The last line of a start. */
  static String ready(Settings settings, Path data) {
    Settings.Listeners listeners = settings.listeners();
    String host = host(listeners.bind());
    int tls = listeners.httpsPort();
    return "Ready: S3, STS, IAM and S3 Tables at http://%s:%s%s, region %s, data in %s"
        .formatted(
            host,
            listeners.port(),
            tls == 0 ? "" : " and https://" + host + ":" + tls,
            settings.region(),
            data);
  }

  private static String host(String bind) {
    if (bind.equals("0.0.0.0") || bind.equals("::")) {
      return "localhost";
    }
    return bind.indexOf(':') < 0 ? bind : "[" + bind + "]";
  }

  /**
   * Whether what is printed now is read by a person and goes into no file or pipe. From Java 22 on
   * there may be a console without a terminal, and it says so by a method that Java 21 lacks.
   */
  @SuppressWarnings("SystemConsoleNull") // null without a terminal before Java 22
  private static boolean isTerminal() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException beforeJava22) {
      return true;
    } catch (IllegalAccessException | InvocationTargetException unknown) {
      return false;
    }
  }
}
