package dev.lakebed.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.kit.Answer;
import dev.lakebed.kit.Keys;
import dev.lakebed.kit.Message;
import dev.lakebed.kit.Signing;
import dev.lakebed.support.Evidence;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Condition keys come from the connection and the credential, never from what a request says of
 * itself. AWS, "AWS global condition context keys".
 */
class RequestFactIT {
  private static final String SPOOFED = "192.0.2.7";
  private static final String OBJECT = "/attacked/row36";

  @RegisterExtension private final Attack attack = new Attack();
  private final Users users = new Users(attack);

  @BeforeEach
  void storeObject() throws IOException {
    attack.store(OBJECT, "x");
  }

  /** RustFS CVE-2026-21862: an address from a header was believed. */
  @ParameterizedTest
  @CsvSource({
    "X-Forwarded-For,192.0.2.7",
    "X-Forwarded-For,'192.0.2.7, 127.0.0.1'",
    "X-Real-IP,192.0.2.7",
    "Forwarded,for=192.0.2.7",
    "True-Client-IP,192.0.2.7",
    "CF-Connecting-IP,192.0.2.7",
    "X-Client-IP,192.0.2.7",
    "X-Client-Ip,'192.0.2.7:443'",
    "X-Forwarded-For,'\"192.0.2.7\"'",
    "X-Forwarded-For,::ffff:192.0.2.7",
    "X-Forwarded,for=192.0.2.7",
    "Forwarded,'for=\"[::ffff:192.0.2.7]\";by=127.0.0.1'",
    "Forwarded-For,192.0.2.7",
    "X-Original-Forwarded-For,192.0.2.7",
    "X-Originating-IP,192.0.2.7",
    "X-Remote-IP,192.0.2.7",
    "X-Remote-Addr,192.0.2.7",
    "X-Cluster-Client-IP,192.0.2.7",
    "X-Envoy-External-Address,192.0.2.7",
    "X-Azure-ClientIP,192.0.2.7",
    "X-AppEngine-User-IP,192.0.2.7",
    "Fastly-Client-IP,192.0.2.7",
    "Fly-Client-IP,192.0.2.7",
    "Client-IP,192.0.2.7",
    "WL-Proxy-Client-IP,192.0.2.7",
    "Proxy-Client-IP,192.0.2.7",
    "Via,'1.1 192.0.2.7'",
    "Proxy-auth-ip,192.0.2.7"
  })
  @Evidence("attack-36")
  void CVE_2026_21862_the_address_is_that_of_the_socket(String header, String value)
      throws IOException {
    Keys far = users.with(from("Allow", SPOOFED + "/32")).keys();
    attack.refused(getWith(far, header, value), 403, "AccessDenied");
    Keys near = users.with(from("Allow", "127.0.0.0/8")).keys();
    assertThat(getWith(near, header, value).status()).isEqualTo(200);
  }

  @Test
  @Evidence("attack-36")
  void a_forwarded_protocol_is_no_tls() throws IOException {
    Keys tls =
        users
            .with(
                Users.document(
                    Users.statement(
                        "Allow", "s3:*", "*", "{\"Bool\":{\"aws:SecureTransport\":\"true\"}}")))
            .keys();
    for (String header :
        new String[] {
          "X-Forwarded-Proto",
          "X-Forwarded-Protocol",
          "X-Forwarded-Scheme",
          "X-Url-Scheme",
          "X-Scheme",
          "CloudFront-Forwarded-Proto"
        }) {
      attack.refused(getWith(tls, header, "https"), 403, "AccessDenied");
    }
    attack.refused(getWith(tls, "Front-End-Https", "on"), 403, "AccessDenied");
    attack.refused(getWith(tls, "X-Forwarded-Ssl", "on"), 403, "AccessDenied");
    attack.refused(getWith(tls, "Forwarded", "proto=https"), 403, "AccessDenied");
  }

  private static String from(String effect, String network) {
    return Users.document(
        Users.statement(
            effect, "s3:*", "*", "{\"IpAddress\":{\"aws:SourceIp\":\"" + network + "\"}}"));
  }

  private Answer getWith(Keys keys, String header, String value) throws IOException {
    Message message = attack.message("GET", OBJECT).header(header, value);
    return attack.send(Signing.s3(keys).sign(message));
  }

  /** RustFS GHSA-6r96: header fields became condition keys. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "jwt:sub",
        "aws:username",
        "aws:userid",
        "aws:PrincipalArn",
        "aws:PrincipalTag/team",
        "aws:SourceVpc",
        "ldap:groups",
        "s3:ExistingObjectTag/team"
      })
  @Evidence("attack-37")
  void GHSA_6r96_a_header_or_parameter_named_like_a_key_is_none(String key) throws IOException {
    Keys user = users.with(onlyIf(key)).keys();
    String dashed = key.replaceAll("[:/]", "-");
    for (String name : List.of(key.replaceAll(".*:|/.*", ""), dashed, "x-amz-" + dashed)) {
      attack.refused(getWith(user, name, "spoofed"), 403, "AccessDenied");
    }
    String target = OBJECT + "?" + Signing.encode(key, false) + "=spoofed";
    attack.refused(
        attack.send(Signing.s3(user).sign(attack.message("GET", target))), 403, "AccessDenied");
  }

  @ParameterizedTest
  @ValueSource(strings = {"userid", "groups", "username", ":x", "aws:"})
  @Evidence("attack-37")
  void a_condition_key_without_a_namespace_is_none(String key) throws IOException {
    attack.refused(
        users.iam(
            Users.OWNER,
            "CreatePolicy",
            "PolicyName",
            Users.fresh("p"),
            "PolicyDocument",
            onlyIf(key)),
        400,
        "MalformedPolicyDocument");
  }

  private static String onlyIf(String key) {
    String condition = "{\"StringEquals\":{\"%s\":\"spoofed\"}}".formatted(key);
    return Users.document(Users.statement("Allow", "s3:*", "*", condition));
  }
}
