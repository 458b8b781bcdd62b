package dev.lakebed.attack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.kit.Answer;
import dev.lakebed.kit.Keys;
import dev.lakebed.kit.Message;
import dev.lakebed.kit.Signing;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;

/** Users made through IAM for one test, and calls of IAM and STS by anybody. */
final class Users {
  static final String ACCOUNT = "000000000000";
  static final String OTHER_ACCOUNT = "111122223333";
  static final String ALL = policy("Allow", "*", "*");

  /** Owns what is attacked. */
  static final Keys OWNER =
      Keys.of("ATTACKOWNER000000001", "c29yZS1vd25lci1zZWNyZXQtZm9yLWF0dGFja3M");

  /** Known to the server, but without rights on the buckets of the tests. */
  static final Keys OUTSIDER =
      Keys.of("ATTACKOUTSIDER000001", "b3V0c2lkZXItc2VjcmV0LWZvci1hdHRhY2tzLTE");

  /** Administrator of another account, {@link #OTHER_ACCOUNT}. */
  static final Keys NEIGHBOUR =
      Keys.of("ATTACKNEIGHBOUR00001", "bmVpZ2hib3VyLXNlY3JldC1mb3ItYXR0YWNrcy0x");

  private final Attack attack;

  Users(Attack attack) {
    this.attack = attack;
  }

  /** A policy of one statement. */
  static String policy(String effect, String action, String resource) {
    return document(statement(effect, action, resource, ""));
  }

  /** A policy document. */
  static String document(String... statements) {
    return "{\"Version\":\"2012-10-17\",\"Statement\":[" + String.join(",", statements) + "]}";
  }

  /** A statement; the condition is a JSON object or empty. */
  static String statement(String effect, String action, String resource, String condition) {
    return "{\"Effect\":\"%s\",\"Action\":\"%s\",\"Resource\":\"%s\"%s}"
        .formatted(
            effect, action, resource, condition.isEmpty() ? "" : ",\"Condition\":" + condition);
  }

  /** A statement of a bucket policy for everybody. */
  static String forAll(String effect, String actions, String bucket, String condition) {
    return ("{\"Effect\":\"%s\",\"Principal\":\"*\",\"Action\":%s,"
            + "\"Resource\":[\"arn:aws:s3:::%s\",\"arn:aws:s3:::%s/*\"]%s}")
        .formatted(
            effect,
            actions,
            bucket,
            bucket,
            condition.isEmpty() ? "" : ",\"Condition\":" + condition);
  }

  /** A name that no other test uses. */
  static String fresh(String prefix) {
    return prefix + "-" + UUID.randomUUID().toString().substring(0, 8);
  }

  /** A user with a key. */
  record Person(String name, Keys keys) {}

  /** A new user with that inline policy. */
  Person with(String policy) throws IOException {
    String name = fresh("u");
    ok(iam(Users.OWNER, "CreateUser", "UserName", name));
    ok(
        iam(
            Users.OWNER,
            "PutUserPolicy",
            "UserName",
            name,
            "PolicyName",
            "p",
            "PolicyDocument",
            policy));
    Answer key = ok(iam(Users.OWNER, "CreateAccessKey", "UserName", name));
    return new Person(
        name, kept(key.element("AccessKeyId"), key.element("SecretAccessKey"), Optional.empty()));
  }

  /** The credentials in the answer of STS. */
  Keys session(Answer reply) {
    ok(reply);
    return kept(
        reply.element("AccessKeyId"),
        reply.element("SecretAccessKey"),
        Optional.of(reply.element("SessionToken")));
  }

  private Keys kept(String access, String secret, Optional<String> token) {
    attack.target().keepSecret(secret);
    token.ifPresent(attack.target()::keepSecret);
    return new Keys(access, secret, token);
  }

  Answer iam(Keys keys, String action, String... parameters) throws IOException {
    return attack.send(Signing.of(keys, "iam").sign(form("/", "2010-05-08", action, parameters)));
  }

  Answer sts(Keys keys, String action, String... parameters) throws IOException {
    return attack.send(Signing.of(keys, "sts").sign(form("/", "2011-06-15", action, parameters)));
  }

  /** A form that is not signed. */
  Message form(String path, String version, String action, String... parameters) {
    StringBuilder body = new StringBuilder("Action=" + action + "&Version=" + version);
    for (int i = 0; i < parameters.length; i += 2) {
      body.append('&').append(parameters[i]).append('=');
      body.append(Signing.encode(parameters[i + 1], false));
    }
    return attack
        .message("POST", path)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body(body.toString().getBytes(UTF_8));
  }

  static Answer ok(Answer reply) {
    assertThat(reply.status()).as(reply.text()).isBetween(200, 204);
    return reply;
  }
}
