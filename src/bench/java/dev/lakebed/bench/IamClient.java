package dev.lakebed.bench;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Calls of the IAM API (version 2010-05-08) on one connection. */
final class IamClient implements Closeable {
  private final Client client;

  IamClient(Endpoint endpoint) {
    this.client = new Client(endpoint);
  }

  /**
   * A call as it will be sent.
   *
   * @param parameters names and values by turns
   */
  static Outgoing request(String action, String... parameters) {
    StringBuilder form = new StringBuilder("Action=" + action + "&Version=2010-05-08");
    for (int i = 0; i < parameters.length; i += 2) {
      form.append('&').append(parameters[i]).append('=');
      form.append(ListWorkload.encode(parameters[i + 1]));
    }
    return Outgoing.form(Service.IAM, form.toString());
  }

  /** Calls and answers the XML. */
  String call(String action, String... parameters) throws IOException {
    return client.text(request(action, parameters));
  }

  /** Makes an access key for a user. */
  Keys createKey(String user) throws IOException {
    String xml = call("CreateAccessKey", "UserName", user);
    return new Keys(require(xml, "AccessKeyId"), require(xml, "SecretAccessKey"), Optional.empty());
  }

  /** The text of the first element of that name. */
  static Optional<String> element(String xml, String name) {
    Matcher matcher = Pattern.compile("<" + name + ">([^<]*)</" + name + ">").matcher(xml);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** The text of the first element of that name, which must be there. */
  static String require(String xml, String name) throws IOException {
    return element(xml, name).orElseThrow(() -> new IOException("no " + name + " in the answer"));
  }

  @Override
  public void close() {
    client.close();
  }
}
