package dev.lakebed.attack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.kit.Answer;
import dev.lakebed.kit.Hash;
import dev.lakebed.kit.Message;
import dev.lakebed.kit.Signing;
import dev.lakebed.support.Evidence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Text that clients choose and the database keeps. Whatever SQL and its LIKE would make of it, it
 * is given back as it came and compared letter by letter.
 */
class StoredTextIT {
  private static final String TRUST =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\","
          + "\"Action\":\"sts:AssumeRole\"}]}";

  /**
   * Keys in byte order; read as SQL or as a pattern of LIKE, each of the first five hits others.
   */
  private static final List<String> KEYS = List.of("%", "' OR '1'='1", "';--", "\\_", "_", "abc");

  @RegisterExtension private final Attack attack = new Attack();
  private final Users users = new Users(attack);
  private final String unique = Users.fresh("row77");

  @ParameterizedTest
  @CsvSource({"x' OR '1'='1", "x'; DROP TABLE bucket;--", "x\" --", "x\\", "%"})
  @Evidence("attack-77")
  void CVE_2024_40120_a_user_name_is_no_sql(String name) throws IOException {
    attack.refused(users.iam(Users.OWNER, "CreateUser", "UserName", name), 400, "ValidationError");
    attack.refused(users.iam(Users.OWNER, "GetUser", "UserName", name), 400, "ValidationError");
  }

  @ParameterizedTest
  @ValueSource(strings = {"row77/' OR '1'='1", "row77/'; DROP TABLE object;--", "row77/%_\\\"$1"})
  @Evidence("attack-77")
  void CVE_2024_40120_a_key_is_no_sql(String key) throws IOException {
    String encoded = Signing.encode(key, true);
    attack.store("/attacked/" + encoded, key);
    assertThat(attack.get("/attacked/" + encoded).text()).isEqualTo(key);
    Answer listed =
        attack.get("/attacked?list-type=2&encoding-type=url&prefix=" + Signing.encode(key, false));
    assertThat(listed.element("KeyCount")).isEqualTo("1");
    Answer after =
        attack.get("/attacked?list-type=2&start-after=" + Signing.encode("row77/zzz'--", false));
    assertThat(after.text()).doesNotContain("<Key>row77/");
  }

  /** IAM, "Path" and "PathPrefix": any visible ASCII, so also quotes and the wildcards of LIKE. */
  @ParameterizedTest
  @CsvSource({"User,Users", "Group,Groups", "Role,Roles", "InstanceProfile,InstanceProfiles"})
  @Evidence("attack-77")
  void a_path_of_iam_is_compared_letter_by_letter(String kind, String list) throws IOException {
    List<String> starts = List.of("x'||'y", "x';DROP/**/TABLE/**/bucket;--", "%", "_", "\\", "ab");
    List<String> names = new ArrayList<>();
    for (String start : starts) {
      names.add(created(kind, path(start)));
    }
    for (int i = 0; i < starts.size(); i++) {
      Answer found = Users.ok(users.iam(Users.OWNER, "Get" + kind, kind + "Name", names.get(i)));
      assertThat(plain(found.element("Path"))).isEqualTo(path(starts.get(i)));
      assertThat(listed(kind, list, path(starts.get(i)))).containsExactly(names.get(i));
    }
    assertThat(listed(kind, list, "/x'"))
        .contains(names.get(0), names.get(1))
        .doesNotContainAnyElementsOf(names.subList(2, 6));
    for (int i = 2; i < 5; i++) {
      List<String> others = new ArrayList<>(names);
      others.remove(i);
      assertThat(listed(kind, list, "/" + starts.get(i)))
          .contains(names.get(i))
          .doesNotContainAnyElementsOf(others);
    }
    for (String none :
        new String[] {"/%" + unique, "/__" + unique, "/x'%", "/a_" + unique, "/x'OR'"}) {
      assertThat(listed(kind, list, none)).as(none).isEmpty();
    }
  }

  private String path(String start) {
    return "/" + start + "-" + unique + "/";
  }

  private String created(String kind, String path) throws IOException {
    String name = Users.fresh("p");
    List<String> parameters = new ArrayList<>(List.of(kind + "Name", name, "Path", path));
    if (kind.equals("Role")) {
      parameters.addAll(List.of("AssumeRolePolicyDocument", TRUST));
    }
    Users.ok(users.iam(Users.OWNER, "Create" + kind, parameters.toArray(String[]::new)));
    return name;
  }

  private List<String> listed(String kind, String list, String prefix) throws IOException {
    Answer reply =
        Users.ok(users.iam(Users.OWNER, "List" + list, "PathPrefix", prefix, "MaxItems", "1000"));
    assertThat(reply.element("IsTruncated")).isEqualTo("false");
    return all(reply, kind + "Name");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x'); DROP TABLE bucket;--",
        "' || (SELECT current_user) || '",
        "$1 ? :name {0} %s %n _ \\ \\' \"",
        "$$; DELETE FROM iam_user; $$"
      })
  @Evidence("attack-77")
  void the_description_of_a_role_is_kept_as_it_came(String text) throws IOException {
    String name = Users.fresh("r");
    Users.ok(
        users.iam(
            Users.OWNER,
            "CreateRole",
            "RoleName",
            name,
            "AssumeRolePolicyDocument",
            TRUST,
            "Description",
            text));
    assertThat(description(name)).isEqualTo(text);
    String other = "other" + text;
    Users.ok(users.iam(Users.OWNER, "UpdateRole", "RoleName", name, "Description", other));
    assertThat(description(name)).isEqualTo(other);
    assertThat(attack.get("/attacked").status()).as("the table of buckets").isEqualTo(200);
  }

  private String description(String role) throws IOException {
    return plain(
        Users.ok(users.iam(Users.OWNER, "GetRole", "RoleName", role)).element("Description"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x'); DROP TABLE object;--",
        "' || (SELECT current_user) || '",
        "$1 ? {\"a\":1} ,\"b\"=>\"c\" %_\\",
        "\\x00 \\u0000 \\' E'\\\\'"
      })
  @Evidence("attack-77")
  void metadata_of_an_object_is_kept_as_it_came(String text) throws IOException {
    attack.store("/attacked/" + unique + "/beside", "x");
    String path = "/attacked/" + unique + "/meta";
    Message put =
        attack
            .put(path, "x")
            .header("x-amz-meta-note", text)
            .header("Content-Disposition", text)
            .header("Content-Language", text);
    Users.ok(attack.send(attack.signed(put)));
    Answer reply = attack.get(path);
    assertThat(reply.header("x-amz-meta-note")).isEqualTo(text);
    assertThat(reply.header("Content-Disposition")).isEqualTo(text);
    assertThat(reply.header("Content-Language")).isEqualTo(text);
    assertThat(attack.get("/attacked/" + unique + "/beside").header("x-amz-meta-note")).isEmpty();
  }

  @Test
  @Evidence("attack-77")
  void uploads_are_listed_by_the_letters_of_key_and_marker() throws IOException {
    List<String> ids = new ArrayList<>();
    for (String key : KEYS) {
      Message start = attack.message("POST", "/attacked/" + encoded(key) + "?uploads");
      ids.add(Users.ok(attack.send(attack.signed(start))).element("UploadId"));
    }
    for (int i = 0; i < KEYS.size(); i++) {
      assertThat(uploads("prefix", KEYS.get(i))).containsExactly(KEYS.get(i));
      assertThat(uploads("key-marker", KEYS.get(i)))
          .containsExactlyElementsOf(KEYS.subList(i + 1, KEYS.size()));
    }
    assertThat(uploads("prefix", "a%")).isEmpty();
    assertThat(uploads("prefix", "___")).isEmpty();
    assertThat(uploads("key-marker", "zz' OR '1'='1")).isEmpty();
    Message foreign =
        attack.message("DELETE", "/attacked/" + encoded("%") + "?uploadId=" + ids.get(5));
    attack.refused(attack.send(attack.signed(foreign)), 404, "NoSuchUpload");
    for (int i = 0; i < KEYS.size(); i++) {
      Message abort =
          attack.message("DELETE", "/attacked/" + encoded(KEYS.get(i)) + "?uploadId=" + ids.get(i));
      assertThat(attack.send(attack.signed(abort)).status()).isEqualTo(204);
      assertThat(uploads("prefix", "")).containsExactlyElementsOf(KEYS.subList(i + 1, KEYS.size()));
    }
  }

  private List<String> uploads(String parameter, String key) throws IOException {
    String prefix = parameter.equals("prefix") ? unique + "/" + key : unique + "/";
    String marker = parameter.equals("prefix") ? "" : unique + "/" + key;
    Answer reply =
        attack.get(
            "/attacked?uploads&prefix="
                + Signing.encode(prefix, false)
                + "&key-marker="
                + Signing.encode(marker, false));
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return all(reply, "Key").stream().map(k -> k.substring(unique.length() + 1)).toList();
  }

  @Test
  @Evidence("attack-77")
  void a_batch_deletes_the_keys_that_it_names() throws IOException {
    for (String key : KEYS) {
      attack.store("/attacked/" + encoded(key), key);
    }
    for (String none : new String[] {"%%", "a%", "___", "' OR 1=1 --", "\\", "abc'--"}) {
      assertThat(deleted(none)).isEqualTo(unique + "/" + none);
      assertThat(stored()).as(none).containsExactlyElementsOf(KEYS);
    }
    for (int i = 0; i < KEYS.size(); i++) {
      assertThat(deleted(KEYS.get(i))).isEqualTo(unique + "/" + KEYS.get(i));
      assertThat(stored()).containsExactlyElementsOf(KEYS.subList(i + 1, KEYS.size()));
    }
  }

  /** Deletes the key by DeleteObjects and answers the key that the answer names. */
  private String deleted(String key) throws IOException {
    String document = "<Delete><Object><Key>" + unique + "/" + key + "</Key></Object></Delete>";
    Message batch =
        attack
            .message("POST", "/attacked?delete")
            .header("Content-MD5", Hash.md5(document))
            .body(document.getBytes(UTF_8));
    Answer reply = Users.ok(attack.send(attack.signed(batch)));
    assertThat(reply.text()).contains("<Deleted>").doesNotContain("<Error>");
    return plain(reply.element("Key"));
  }

  private List<String> stored() throws IOException {
    Answer reply = attack.get("/attacked?list-type=2&prefix=" + unique + "%2F");
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return all(reply, "Key").stream().map(k -> k.substring(unique.length() + 1)).toList();
  }

  private String encoded(String key) {
    return Signing.encode(unique + "/" + key, true);
  }

  /** The texts of all such elements. */
  private static List<String> all(Answer reply, String element) {
    return Pattern.compile("<" + element + ">([^<]*)</" + element + ">")
        .matcher(reply.text())
        .results()
        .map(found -> plain(found.group(1)))
        .toList();
  }

  private static String plain(String xml) {
    return xml.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
  }
}
