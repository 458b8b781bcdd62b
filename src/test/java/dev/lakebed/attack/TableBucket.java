package dev.lakebed.attack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.kit.Answer;
import dev.lakebed.kit.Keys;
import dev.lakebed.kit.Message;
import dev.lakebed.kit.Signing;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A table bucket of one test with the tables {@code t} and {@code u} in the namespace {@code ns}.
 *
 * @param label its ARN as a segment of a path
 */
record TableBucket(Attack attack, String name, String label, String arnOfT, String arnOfU) {
  static TableBucket create(Attack attack) throws IOException {
    String name = Users.fresh("tables");
    Answer created = call(attack, Users.OWNER, "PUT", "/buckets", "{\"name\":\"" + name + "\"}");
    String label = Signing.encode(member(Users.ok(created), "arn"), false);
    TableBucket empty = new TableBucket(attack, name, label, "", "");
    Users.ok(empty.call(Users.OWNER, "PUT", "/namespaces/" + label, "{\"namespace\":[\"ns\"]}"));
    return new TableBucket(attack, name, label, empty.table("t"), empty.table("u"));
  }

  /** A new table; answers its ARN. */
  String table(String table) throws IOException {
    String body = "{\"name\":\"" + table + "\",\"format\":\"ICEBERG\"}";
    return member(Users.ok(call(Users.OWNER, "PUT", "/tables/" + label + "/ns", body)), "tableARN");
  }

  Answer call(Keys keys, String method, String path, String body) throws IOException {
    return call(attack, keys, method, path, body);
  }

  private static Answer call(Attack attack, Keys keys, String method, String path, String body)
      throws IOException {
    Message message =
        attack
            .message(method, path)
            .header("Content-Type", "application/json")
            .body(body.getBytes(UTF_8));
    return attack.send(Signing.of(keys, "s3tables").sign(message));
  }

  /** The text of a member of an answer, which must have it. */
  static String member(Answer reply, String name) {
    Matcher found = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(reply.text());
    assertThat(found.find()).as(reply.text()).isTrue();
    return found.group(1);
  }

  /** Path of a table's metadata location. */
  String pointer(String table) {
    return "/tables/" + label + "/ns/" + table + "/metadata-location";
  }

  String token(String table) throws IOException {
    return member(call(Users.OWNER, "GET", pointer(table), ""), "versionToken");
  }
}
