package dev.lakebed.attack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.kit.Answer;
import dev.lakebed.kit.Keys;
import dev.lakebed.kit.Message;
import dev.lakebed.kit.Signing;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What every test needs: the server, ways to ask it, and the proof that it still serves. */
final class Attack implements BeforeEachCallback, AfterEachCallback {
  static final String BUCKET = "attacked";

  /** A bucket that the switch of the server opens to pages of every origin. */
  static final String OPEN_TO_PAGES = "open-to-pages";

  private static final String STATUS = "/-/health/live";

  private Optional<Target> target = Optional.empty();

  @Override
  public void beforeEach(ExtensionContext context) {
    target = Optional.of(Target.of(context));
  }

  /** Whatever the attack was, a new connection is served, and no log shows a secret. */
  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    assertThat(send(message("GET", STATUS)).status()).isEqualTo(200);
    assertThat(target().leaks()).isEmpty();
  }

  Target target() {
    return target.orElseThrow();
  }

  URI endpoint() {
    return target().process().endpoint();
  }

  Link connect() throws IOException {
    return connect(false);
  }

  Link connect(boolean tls) throws IOException {
    return new Link(tls ? target().tls() : endpoint());
  }

  Message message(String method, String path) {
    return new Message(method, path).header("Host", endpoint().getAuthority());
  }

  Message put(String path, String body) {
    return message("PUT", path).body(body.getBytes(UTF_8));
  }

  Message signed(Message message) {
    return Signing.s3(Users.OWNER).sign(message);
  }

  /** One request on a connection of its own. */
  Answer send(Message message) throws IOException {
    try (Link link = connect()) {
      return link.exchange(message);
    }
  }

  Answer get(String path) throws IOException {
    return send(signed(message("GET", path)));
  }

  /** Stores an object, which must work. */
  void store(String path, String body) throws IOException {
    Answer reply = send(signed(put(path, body)));
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
  }

  /** An error answer with all that belongs to it. */
  void refused(Answer reply, int status, String code) {
    assertThat(reply.status() + " " + reply.code()).as(reply.text()).isEqualTo(status + " " + code);
    assertThat(reply.header("x-amz-request-id")).isNotEmpty();
    assertThat(reply.header("date")).isNotEmpty();
  }

  /** Neither GET, HEAD nor a listing knows the key. */
  void nothingAt(String key) throws IOException {
    refused(get("/" + BUCKET + "/" + key), 404, "NoSuchKey");
    Answer head = send(signed(message("HEAD", "/" + BUCKET + "/" + key)));
    assertThat(head.status()).isEqualTo(404);
    assertThat(listing(key)).doesNotContain("<Key>" + key + "</Key>");
  }

  /** The first page of keys with that prefix. */
  String listing(String prefix) throws IOException {
    Answer reply = get("/" + BUCKET + "?list-type=2&prefix=" + Signing.encode(prefix, false));
    assertThat(reply.status()).isEqualTo(200);
    return reply.text();
  }

  /** Calls STS and answers what it says. */
  Answer sts(Keys keys, String form) throws IOException {
    Message message =
        message("POST", "/")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .body(form.getBytes(UTF_8));
    return send(Signing.of(keys, "sts").sign(message));
  }

  /** Keys of a session of the role, limited by the policy when it is not empty. */
  Keys session(String policy) throws IOException {
    String form =
        "Action=AssumeRole&Version=2011-06-15&RoleSessionName=attack&ExternalId=warehouse-7"
            + "&RoleArn=arn%3Aaws%3Aiam%3A%3A000000000000%3Arole%2FVended"
            + (policy.isEmpty() ? "" : "&Policy=" + Signing.encode(policy, false));
    Answer reply = sts(Users.OWNER, form);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    Keys keys =
        new Keys(
            reply.element("AccessKeyId"),
            reply.element("SecretAccessKey"),
            Optional.of(reply.element("SessionToken")));
    target().keepSecret(keys.secret());
    target().keepSecret(keys.token().orElseThrow());
    return keys;
  }
}
