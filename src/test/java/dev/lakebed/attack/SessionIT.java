package dev.lakebed.attack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows 20 to 23 and 29: temporary credentials, as AWS STS gives and refuses them. */
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

  private Reply put(Keys keys, String path) throws IOException {
    return attack.send(Signing.s3(keys).sign(attack.put(path, "x")));
  }

  @Test
  void row20_temporary_key_without_or_with_another_token() throws IOException {
    Keys session = attack.session("");
    Keys other = attack.session("");
    assertThat(put(session, "/attacked/row20-ok").status()).isEqualTo(200);
    Keys bare = new Keys(session.access(), session.secret(), java.util.Optional.empty());
    attack.refused(put(bare, "/attacked/row20"), 403, "InvalidAccessKeyId");
    Reply mixed = put(session.withToken(other.token().orElseThrow()), "/attacked/row20");
    attack.refused(mixed, 400, "InvalidToken");
    attack.nothingAt("row20");
  }

  @Test
  void row20_flipped_bit_in_the_token() throws IOException {
    Keys session = attack.session("");
    StringBuilder token = new StringBuilder(session.token().orElseThrow());
    int middle = token.length() / 2;
    token.setCharAt(middle, token.charAt(middle) == 'A' ? 'B' : 'A');
    attack.refused(
        put(session.withToken(token.toString()), "/attacked/row20"), 400, "InvalidToken");
    attack.nothingAt("row20");
  }

  @Test
  void row20_token_outside_the_signature() throws IOException {
    Keys session = attack.session("");
    Keys bare = new Keys(session.access(), session.secret(), java.util.Optional.empty());
    Message message = Signing.s3(bare).sign(attack.put("/attacked/row20", "x"));
    Reply reply =
        attack.send(message.header("x-amz-security-token", session.token().orElseThrow()));
    attack.refused(reply, 403, "AccessDenied");
    attack.nothingAt("row20");
  }

  /** B14 of the catalogs' checklist: an end is an end also on a connection that was kept. */
  @Test
  void row20_B14_a_session_ends_in_time_on_a_kept_connection() throws IOException {
    String roleId =
        attack.sts(Keys.OWNER, ASSUME + "&ExternalId=warehouse-7").element("AssumedRoleId");
    Instant end = Instant.now().plusSeconds(4).truncatedTo(ChronoUnit.SECONDS);
    Keys session = ShortSession.endingAt(end, roleId.substring(0, roleId.indexOf(':')));
    attack.target().keepSecret(session.secret());
    attack.store("/attacked/row20-end", "x");
    try (Link link = attack.connect()) {
      Reply reply = get(link, session);
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

  private Reply get(Link link, Keys keys) throws IOException {
    return link.exchange(Signing.s3(keys).sign(attack.message("GET", "/attacked/row20-end")));
  }

  @Test
  void row21_forged_json_web_token() throws IOException {
    String header = base64("{\"alg\":\"none\",\"kid\":\"../../dev/null\"}");
    String claims = base64("{\"sub\":\"owner\",\"sid\":\"1\",\"iss\":\"seaweedfs-sts\"}");
    for (String signature : new String[] {"", base64(Keys.OWNER.secret())}) {
      Keys forged = Keys.OWNER.withToken(header + "." + claims + "." + signature);
      Reply reply = put(forged, "/attacked/row21");
      attack.refused(reply, 400, "InvalidToken");
    }
    attack.nothingAt("row21");
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  @Test
  void row22_principal_that_the_trust_policy_does_not_name() throws IOException {
    attack.refused(
        attack.sts(Keys.OUTSIDER, ASSUME + "&ExternalId=warehouse-7"), 403, "AccessDenied");
  }

  @Test
  void row22_role_of_another_account() throws IOException {
    attack.refused(
        attack.sts(
            Keys.OWNER,
            (ASSUME + "&ExternalId=warehouse-7").replace("000000000000", "111111111111")),
        403,
        "AccessDenied");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "&ExternalId=warehouse-8", "&ExternalId=WAREHOUSE-7"})
  void row23_external_id_missing_or_wrong(String externalId) throws IOException {
    attack.refused(attack.sts(Keys.OWNER, ASSUME + externalId), 403, "AccessDenied");
  }

  @Test
  void row23_tags_need_the_right_and_distinct_keys() throws IOException {
    String tags =
        "&ExternalId=warehouse-7&Tags.member.1.Key=Team&Tags.member.1.Value=a"
            + "&Tags.member.2.Key=team&Tags.member.2.Value=b";
    Reply reply = attack.sts(Keys.OWNER, ASSUME + tags);
    attack.refused(reply, 400, "ValidationError");
  }

  @ParameterizedTest
  @CsvSource({
    "t/data/a,200",
    "t_other/data/a,403",
    "t-other/data/a,403",
    "other/t/a,403",
    "T/data/a,403",
    "t/%2A%3F%24%7Baws%3Ausername%7D,200"
  })
  void row29_only_inside_the_prefix(String key, int status) throws IOException {
    Keys session = attack.session(TABLE_POLICY);
    Reply reply = put(session, "/attacked/" + key);
    assertThat(reply.status()).as(reply.text()).isEqualTo(status);
    if (status == 403) {
      assertThat(reply.code()).isEqualTo("AccessDenied");
      attack.nothingAt(key);
    }
  }

  @ParameterizedTest
  @CsvSource({"t%2F,200", "t%2Fdata,200", "t,403", "t_other%2F,403", "'',403"})
  void row29_lists_only_inside_the_prefix(String prefix, int status) throws IOException {
    Keys session = attack.session(TABLE_POLICY);
    Reply reply =
        attack.send(
            Signing.s3(session)
                .sign(attack.message("GET", "/attacked?list-type=2&prefix=" + prefix)));
    assertThat(reply.status()).as(reply.text()).isEqualTo(status);
  }
}
