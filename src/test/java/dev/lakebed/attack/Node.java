package dev.lakebed.attack;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakebed.support.LakebedProcess;
import java.io.IOException;
import java.util.Optional;

/** One of several servers, asked through IAM and STS. */
record Node(LakebedProcess process) {
  Reply iam(Keys keys, String action, String... parameters) throws IOException {
    return call(keys, "iam", "2010-05-08", action, parameters);
  }

  Reply sts(Keys keys, String action, String... parameters) throws IOException {
    return call(keys, "sts", "2011-06-15", action, parameters);
  }

  /** The credentials in an answer of STS or of CreateAccessKey. */
  static Keys keys(Reply reply) {
    String token = Users.ok(reply).element("SessionToken");
    return new Keys(
        reply.element("AccessKeyId"),
        reply.element("SecretAccessKey"),
        Optional.of(token).filter(text -> !text.isEmpty()));
  }

  private Reply call(Keys keys, String service, String version, String action, String... parameters)
      throws IOException {
    StringBuilder form = new StringBuilder("Action=" + action + "&Version=" + version);
    for (int i = 0; i < parameters.length; i += 2) {
      form.append('&').append(parameters[i]).append('=');
      form.append(Signing.encode(parameters[i + 1], false));
    }
    Message message =
        new Message("POST", "/")
            .header("Host", process.endpoint().getAuthority())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .body(form.toString().getBytes(UTF_8));
    try (Link link = new Link(process.endpoint())) {
      return link.exchange(Signing.of(keys, service).sign(message));
    }
  }
}
