package dev.lakebed.attack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.kit.Answer;
import dev.lakebed.kit.Hash;
import dev.lakebed.kit.Keys;
import dev.lakebed.kit.Message;
import dev.lakebed.kit.Signing;
import dev.lakebed.support.Evidence;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Temporary credentials, as AWS STS gives and refuses them. */
class SessionIT {
  private static final String ROLE = "&RoleArn=arn%3Aaws%3Aiam%3A%3A000000000000%3Arole%2FVended";
  private static final String ASSUME =
      "Action=AssumeRole&Version=2011-06-15&RoleSessionName=attack" + ROLE;

  /** The policy that Lakekeeper sends for the table at {@code t}. */
  private static final String TABLE_POLICY =
      """
      {"Version":"2012-10-17","Statement":[\
      {"Sid":"TableAccess","Effect":"Allow","Action":["s3:*"],\
      "Resource":["arn:aws:s3:::attacked/t/*","arn:aws:s3:::attacked/t"]},\
      {"Sid":"ListBucketForFolder","Effect":"Allow","Action":"s3:ListBucket",\
      "Resource":"arn:aws:s3:::attacked","Condition":{"StringLike":{"s3:prefix":"t/*"}}}]}\
      """;

  @RegisterExtension private final Attack attack = new Attack();
  private final Users users = new Users(attack);

  private Answer put(Keys keys, String path) throws IOException {
    return attack.send(Signing.s3(keys).sign(attack.put(path, "x")));
  }

  @Test
  @Evidence("attack-20")
  void temporary_key_without_or_with_another_token() throws IOException {
    Keys session = attack.session("");
    Keys other = attack.session("");
    assertThat(put(session, "/attacked/row20-ok").status()).isEqualTo(200);
    Keys bare = Keys.of(session.access(), session.secret());
    attack.refused(put(bare, "/attacked/row20"), 403, "InvalidAccessKeyId");
    Answer mixed = put(session.withToken(other.token().orElseThrow()), "/attacked/row20");
    attack.refused(mixed, 400, "InvalidToken");
    attack.nothingAt("row20");
  }

  /** Version, key id, nonce, ciphertext, tag: a change at any place, or a token cut short. */
  @Test
  @Evidence("attack-20")
  void flipped_bit_in_the_token() throws IOException {
    Keys session = attack.session("");
    String good = session.token().orElseThrow();
    for (int i = 0; i <= 16; i++) {
      // The last character of base64 may hold bits that mean nothing.
      int at = Math.min(good.length() - 3, i * good.length() / 16);
      StringBuilder token = new StringBuilder(good);
      token.setCharAt(at, good.charAt(at) == 'A' ? 'B' : 'A');
      attack.refused(
          put(session.withToken(token.toString()), "/attacked/row20"), 400, "InvalidToken");
    }
    for (String other : new String[] {good.substring(0, good.length() / 2), good + "AAAA", "x"}) {
      attack.refused(put(session.withToken(other), "/attacked/row20"), 400, "InvalidToken");
    }
    assertThat(put(session, "/attacked/row20-ok").status()).isEqualTo(200);
    attack.nothingAt("row20");
  }

  @Test
  @Evidence("attack-20")
  void another_secret_with_a_good_token() throws IOException {
    Keys session = attack.session("");
    for (Keys other : new Keys[] {attack.session(""), Users.OWNER}) {
      Keys mixed = new Keys(session.access(), other.secret(), session.token());
      attack.refused(put(mixed, "/attacked/row20"), 403, "SignatureDoesNotMatch");
      Keys foreign = new Keys(other.access(), other.secret(), session.token());
      attack.refused(put(foreign, "/attacked/row20"), 400, "InvalidToken");
    }
    attack.nothingAt("row20");
  }

  @Test
  @Evidence("attack-20")
  void token_outside_the_signature() throws IOException {
    Keys session = attack.session("");
    Keys bare = Keys.of(session.access(), session.secret());
    Message message = Signing.s3(bare).sign(attack.put("/attacked/row20", "x"));
    Answer reply =
        attack.send(message.header("x-amz-security-token", session.token().orElseThrow()));
    attack.refused(reply, 403, "AccessDenied");
    attack.nothingAt("row20");
  }

  /** An end is an end also on a connection that was kept. */
  @Test
  @Evidence({"attack-20", "catalog-B14"})
  void a_session_ends_in_time_on_a_kept_connection() throws IOException {
    String roleId =
        attack.sts(Users.OWNER, ASSUME + "&ExternalId=warehouse-7").element("AssumedRoleId");
    Instant end = Instant.now().plusSeconds(4).truncatedTo(ChronoUnit.SECONDS);
    Keys session = ShortSession.endingAt(end, roleId.substring(0, roleId.indexOf(':')));
    attack.target().keepSecret(session.secret());
    attack.store("/attacked/row20-end", "x");
    try (Link link = attack.connect()) {
      Answer reply = get(link, session);
      assertThat(reply.text()).as("before its end").isEqualTo("x");
      while (reply.status() == 200) {
        assertThat(Instant.now()).as("still served").isBefore(end.plusSeconds(30));
        reply = get(link, session);
      }
      attack.refused(reply, 400, "ExpiredToken");
      assertThat(Instant.now()).isAfterOrEqualTo(end);
    }
    Keys past = ShortSession.endingAt(end.minusSeconds(60), roleId);
    attack.refused(put(past, "/attacked/row20"), 400, "ExpiredToken");
    attack.nothingAt("row20");
  }

  private Answer get(Link link, Keys keys) throws IOException {
    return link.exchange(Signing.s3(keys).sign(attack.message("GET", "/attacked/row20-end")));
  }

  /** Ceph CVE-2024-48916, RustFS GHSA-ccrv: whatever an attacker has is no key for tokens. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'alg':'none','kid':'../../dev/null'}",
        "{'alg':'none'}",
        "{'alg':'HS256','typ':'JWT'}",
        "{'alg':'HS256','kid':'../../../../dev/null'}",
        "{'alg':'RS256','jku':'http://127.0.0.1:1/','x5u':'http://127.0.0.1:1/'}",
        "{'alg':'HS256','jwk':{'kty':'oct','k':'YQ'}}"
      })
  @Evidence("attack-21")
  void forged_json_web_token(String header) throws IOException {
    Keys session = attack.session("");
    String[] claims = {
      "{'sub':'owner','sid':'1','iss':'seaweedfs-sts'}",
      "{'sub':'owner','sid':'1','iss':'seaweedfs-sts','exp':9999999999,"
          + "'role':'arn:aws:iam::000000000000:role/Vended','policies':['FullAccess']}"
    };
    String[] secrets = {"", "a", Users.OWNER.secret(), Users.OUTSIDER.secret(), session.secret()};
    for (String claim : claims) {
      String input = base64(header.replace('\'', '"')) + "." + base64(claim.replace('\'', '"'));
      for (String secret : secrets) {
        String signature =
            secret.isEmpty()
                ? ""
                : Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(Hash.hmac(secret.getBytes(UTF_8), input));
        for (Keys signer : new Keys[] {Users.OWNER, Users.OUTSIDER, session}) {
          attack.refused(
              put(signer.withToken(input + "." + signature), "/attacked/row21"),
              400,
              "InvalidToken");
        }
      }
    }
    attack.nothingAt("row21");
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  @Test
  @Evidence("attack-22")
  void principal_that_the_trust_policy_does_not_name() throws IOException {
    attack.refused(
        attack.sts(Users.OUTSIDER, ASSUME + "&ExternalId=warehouse-7"), 403, "AccessDenied");
  }

  @Test
  @Evidence("attack-22")
  void role_of_another_account() throws IOException {
    attack.refused(
        attack.sts(
            Users.OWNER,
            (ASSUME + "&ExternalId=warehouse-7").replace("000000000000", "111111111111")),
        403,
        "AccessDenied");
  }

  /**
   * AWS, "Cross-account policy evaluation": both the role and the user's own policies must allow.
   */
  @ParameterizedTest
  @CsvSource({"s3:*,403,AccessDenied", "iam:*,403,AccessDenied", "sts:AssumeRole,200,''"})
  @Evidence("attack-22")
  void a_role_of_another_account_that_trusts_the_user(String own, int status, String code)
      throws IOException {
    Users.Person user = users.with(Users.policy("Allow", own, "*"));
    Answer reply =
        users.sts(
            user.keys(), "AssumeRole", "RoleArn", foreignRole(user), "RoleSessionName", "attack");
    if (status == 403) {
      attack.refused(reply, status, code);
      assertThat(reply.element("SessionToken")).isEmpty();
      return;
    }
    Keys session = users.session(reply);
    assertThat(users.sts(session, "GetCallerIdentity").element("Account"))
        .isEqualTo(Users.OTHER_ACCOUNT);
    attack.refused(put(session, "/attacked/row22"), 403, "AccessDenied");
    attack.nothingAt("row22");
  }

  @Test
  @Evidence("attack-22")
  void a_role_of_another_account_that_trusts_somebody_else() throws IOException {
    Users.Person trusted = users.with(Users.ALL);
    Users.Person user = users.with(Users.ALL);
    String role = foreignRole(trusted);
    Answer reply =
        users.sts(user.keys(), "AssumeRole", "RoleArn", role, "RoleSessionName", "attack");
    attack.refused(reply, 403, "AccessDenied");
    users.session(
        users.sts(trusted.keys(), "AssumeRole", "RoleArn", role, "RoleSessionName", "attack"));
  }

  /** A new role of the other account, with all rights, for that user. */
  private String foreignRole(Users.Person user) throws IOException {
    String name = Users.fresh("r");
    String trust =
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":"
            + "{\"AWS\":\"arn:aws:iam::%s:user/%s\"},\"Action\":\"sts:AssumeRole\"}]}"
                .formatted(Users.ACCOUNT, user.name());
    String arn =
        Users.ok(
                users.iam(
                    Users.NEIGHBOUR,
                    "CreateRole",
                    "RoleName",
                    name,
                    "AssumeRolePolicyDocument",
                    trust))
            .element("Arn");
    assertThat(arn).isEqualTo("arn:aws:iam::" + Users.OTHER_ACCOUNT + ":role/" + name);
    Users.ok(
        users.iam(
            Users.NEIGHBOUR,
            "PutRolePolicy",
            "RoleName",
            name,
            "PolicyName",
            "all",
            "PolicyDocument",
            Users.ALL));
    return arn;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "&ExternalId=warehouse-8", "&ExternalId=WAREHOUSE-7"})
  @Evidence("attack-23")
  void external_id_missing_or_wrong(String externalId) throws IOException {
    attack.refused(attack.sts(Users.OWNER, ASSUME + externalId), 403, "AccessDenied");
  }

  private static String tag(int number, String key) {
    return "&Tags.member.%d.Key=%s&Tags.member.%d.Value=v"
        .formatted(number, Signing.encode(key, false), number);
  }

  @Test
  @Evidence("attack-23")
  void tags_need_the_right_to_set_them() throws IOException {
    attack.refused(
        attack.sts(Users.OWNER, ASSUME + "&ExternalId=warehouse-7" + tag(1, "Team")),
        403,
        "AccessDenied");
    assertThat(attack.sts(Users.OWNER, ASSUME + "&ExternalId=warehouse-7").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"Team,team", "TEAM,Team", "a,a", "aws:x,b", "AWS:x,b", "'',b"})
  @Evidence("attack-23")
  void keys_of_tags_that_collide_or_are_reserved(String one, String other) throws IOException {
    String tags = tag(1, one) + tag(2, other);
    attack.refused(
        attack.sts(Users.OWNER, ASSUME + "&ExternalId=warehouse-7" + tags), 400, "ValidationError");
  }

  @ParameterizedTest
  @CsvSource({
    "t/data/a,200",
    "t_other/data/a,403",
    "t-other/data/a,403",
    "other/t/a,403",
    "T/data/a,403",
    "t,200",
    "t%2F..%2Fother/a,200",
    "t/../other/a,200",
    "*/data/a,403",
    "%3F/data/a,403",
    "%24%7B*%7D/a,403",
    "%09t/a,403",
    "./t/a,403",
    "x/../t/a,403",
    "t/%2A%3F%24%7Baws%3Ausername%7D,200"
  })
  @Evidence("attack-29")
  void only_inside_the_prefix(String key, int status) throws IOException {
    Keys session = attack.session(TABLE_POLICY);
    Answer reply = put(session, "/attacked/" + key);
    assertThat(reply.status()).as(reply.text()).isEqualTo(status);
    if (status == 403) {
      assertThat(reply.code()).isEqualTo("AccessDenied");
      attack.nothingAt(key);
    }
  }

  /** Lakekeeper writes such names into its policy as ${*}, ${?} and ${$}. */
  @Test
  @Evidence("attack-29")
  void a_prefix_of_wildcards_is_taken_letter_by_letter() throws IOException {
    Keys session =
        attack.session(
            Users.policy("Allow", "s3:PutObject", "arn:aws:s3:::attacked/${*}${?}${$}{x}/*"));
    assertThat(put(session, "/attacked/*%3F%24%7Bx%7D/a").status()).isEqualTo(200);
    for (String key : new String[] {"ab%24%7Bx%7D/a", "**%24%7Bx%7D/a", "abc/*%3F%24%7Bx%7D/a"}) {
      attack.refused(put(session, "/attacked/" + key), 403, "AccessDenied");
    }
  }

  /** What one request does to many keys, or reads from one to write another. */
  @Test
  @Evidence("attack-29")
  void copies_and_batches_stay_inside_the_prefix() throws IOException {
    attack.store("/attacked/t_other/row29", "secret");
    attack.store("/attacked/t/row29", "own");
    Keys session = attack.session(TABLE_POLICY);
    Message copy =
        attack
            .message("PUT", "/attacked/t/stolen")
            .header("x-amz-copy-source", "/attacked/t_other/row29");
    attack.refused(attack.send(Signing.s3(session).sign(copy)), 403, "AccessDenied");
    Message away =
        attack
            .message("PUT", "/attacked/t_other/away")
            .header("x-amz-copy-source", "/attacked/t/row29");
    attack.refused(attack.send(Signing.s3(session).sign(away)), 403, "AccessDenied");
    String keys =
        "<Delete><Object><Key>t_other/row29</Key></Object><Object><Key>t/row29</Key></Object>"
            + "</Delete>";
    Message batch =
        attack
            .message("POST", "/attacked?delete")
            .header("Content-MD5", Hash.md5(keys))
            .body(keys.getBytes(UTF_8));
    Answer deleted = attack.send(Signing.s3(session).sign(batch));
    assertThat(deleted.text())
        .containsPattern("<Deleted><Key>t/row29</Key>")
        .containsPattern("<Error>.*<Key>t_other/row29</Key>")
        .contains("<Code>AccessDenied</Code>");
    assertThat(attack.get("/attacked/t_other/row29").text()).isEqualTo("secret");
  }

  @ParameterizedTest
  @CsvSource({
    "t%2F%2A,200",
    "t%2A,403",
    "T%2F,403",
    "t%2F,200",
    "t%2Fdata,200",
    "t,403",
    "t_other%2F,403",
    "'',403"
  })
  @Evidence("attack-29")
  void lists_only_inside_the_prefix(String prefix, int status) throws IOException {
    Keys session = attack.session(TABLE_POLICY);
    Answer reply =
        attack.send(
            Signing.s3(session)
                .sign(attack.message("GET", "/attacked?list-type=2&prefix=" + prefix)));
    assertThat(reply.status()).as(reply.text()).isEqualTo(status);
  }
}
