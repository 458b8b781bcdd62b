package dev.lakebed.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.kit.Answer;
import dev.lakebed.kit.Keys;
import dev.lakebed.kit.LegacySigning;
import dev.lakebed.kit.Message;
import dev.lakebed.kit.Signing;
import dev.lakebed.support.Evidence;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Signatures by header and by query. Codes as in AWS's "Error responses" and "Authenticating
 * requests: using query parameters".
 */
class SignatureIT {
  @RegisterExtension private final Attack attack = new Attack();

  @ParameterizedTest
  @CsvSource({
    "Authorization,400,AuthorizationHeaderMalformed",
    "x-amz-date,400,AuthorizationHeaderMalformed",
    "Host,400,InvalidRequest",
    "x-amz-content-sha256,400,AuthorizationHeaderMalformed"
  })
  @Evidence("attack-9")
  void doubled_header(String name, int status, String code) throws IOException {
    Message message = attack.signed(attack.put("/attacked/row9", "x"));
    message.header(name, message.first(name));
    Answer reply = attack.send(message);
    attack.refused(reply, status, code);
    attack.nothingAt("row9");
  }

  @ParameterizedTest
  @CsvSource({
    "x-amz-acl,public-read",
    "x-amz-copy-source,/attacked/other",
    "x-amz-tagging,a=b",
    "x-amz-security-token,abc",
    "x-amz-server-side-encryption,AES256"
  })
  @Evidence("attack-10")
  void unsigned_amz_header(String name, String value) throws IOException {
    Message message = attack.signed(attack.put("/attacked/row10", "x")).header(name, value);
    Answer reply = attack.send(message);
    attack.refused(reply, 403, "AccessDenied");
    attack.nothingAt("row10");
    Message presigned = Signing.s3(Users.OWNER).presign(attack.put("/attacked/row10", "x"), "60");
    Answer other = attack.send(presigned.header("Content-Length", "1").header(name, value));
    attack.refused(other, 403, "AccessDenied");
    attack.nothingAt("row10");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "604801", "soon", "99999999999999999999"})
  @Evidence("attack-11")
  void bad_expires(String expires) throws IOException {
    attack.store("/attacked/row11", "x");
    Message message =
        Signing.s3(Users.OWNER).presign(attack.message("GET", "/attacked/row11"), expires);
    attack.refused(attack.send(message), 400, "AuthorizationQueryParametersError");
  }

  @Test
  @Evidence("attack-11")
  void expired_or_not_yet_valid() throws IOException {
    attack.store("/attacked/row11", "x");
    Message get = attack.message("GET", "/attacked/row11");
    Signing now = Signing.s3(Users.OWNER);
    assertThat(attack.send(now.presign(get, "60")).text()).isEqualTo("x");
    Signing old = now.at(Instant.now().minus(Duration.ofMinutes(30)));
    attack.refused(attack.send(old.presign(get, "60")), 403, "AccessDenied");
    Signing early = now.at(Instant.now().plus(Duration.ofMinutes(16)));
    attack.refused(attack.send(early.presign(get, "60")), 403, "AccessDenied");
  }

  @Test
  @Evidence("attack-11")
  void dates_that_differ() throws IOException {
    Message message =
        Signing.s3(Users.OWNER)
            .presign(attack.message("GET", "/attacked/row11"), "20200101T000000Z", "60");
    Answer reply = attack.send(message);
    attack.refused(reply, 400, "AuthorizationQueryParametersError");
  }

  @ParameterizedTest
  @CsvSource({
    "PUT,/attacked/row12",
    "DELETE,/attacked/row12",
    "HEAD,/attacked/row12",
    "GET,/attacked/row12-other"
  })
  @Evidence("attack-12")
  void presigned_get_used_otherwise(String method, String path) throws IOException {
    attack.store("/attacked/row12", "original");
    Message presigned =
        Signing.s3(Users.OWNER).presign(attack.message("GET", "/attacked/row12"), "60");
    String query = presigned.target().substring(presigned.target().indexOf('?'));
    Answer reply = attack.send(presigned.as(method, path + query).header("Content-Length", "0"));
    assertThat(reply.status() + " " + reply.code())
        .isEqualTo(method.equals("HEAD") ? "403 " : "403 SignatureDoesNotMatch");
    assertThat(attack.get("/attacked/row12").text()).isEqualTo("original");
  }

  @ParameterizedTest
  @ValueSource(strings = {"versionId=null", "uploadId=x", "response-content-type=text/html"})
  @Evidence("attack-12")
  void presigned_get_with_more_query(String more) throws IOException {
    attack.store("/attacked/row12", "original");
    Message presigned =
        Signing.s3(Users.OWNER).presign(attack.message("GET", "/attacked/row12"), "60");
    attack.refused(
        attack.send(presigned.as("GET", presigned.target() + "&" + more)),
        403,
        "SignatureDoesNotMatch");
  }

  /** What the JavaScript SDK puts into the query counts as headers; nobody can add to it. */
  @Test
  @Evidence("attack-12")
  void headers_in_a_presigned_query_are_those_that_were_signed() throws IOException {
    Message presigned =
        Signing.s3(Users.OWNER)
            .presign(
                attack.message(
                    "PUT", "/attacked/row12h?x-amz-meta-foo=bar&x-amz-storage-class=STANDARD_IA"),
                "60");
    for (String more : new String[] {"x-amz-meta-evil=1", "x-amz-acl=private"}) {
      attack.refused(
          attack.send(
              presigned
                  .as("PUT", presigned.target() + "&" + more)
                  .header("Content-Length", "1")
                  .body(new byte[] {'x'})),
          403,
          "SignatureDoesNotMatch");
    }
    assertThat(attack.send(presigned.header("Content-Length", "1").body(new byte[] {'x'})).status())
        .isEqualTo(200);
    Answer stored = attack.get("/attacked/row12h");
    assertThat(stored.header("x-amz-meta-foo")).isEqualTo("bar");
    assertThat(stored.header("x-amz-storage-class")).isEqualTo("STANDARD_IA");
    assertThat(stored.header("x-amz-meta-evil")).isEmpty();
  }

  @Test
  @Evidence("attack-13")
  void query_and_header_together() throws IOException {
    Message presigned =
        Signing.s3(Users.OWNER).presign(attack.message("GET", "/attacked/row13"), "60");
    Answer reply = attack.send(attack.signed(presigned));
    attack.refused(reply, 400, "InvalidArgument");
  }

  /** The scope chooses the protocol, so each answers in its own words. */
  @ParameterizedTest
  @CsvSource({
    "s3tables,404,UnknownOperationException",
    "iam,405,MethodNotAllowed",
    "sts,405,MethodNotAllowed",
    "ec2,400,AuthorizationHeaderMalformed"
  })
  @Evidence("attack-14")
  void scope_of_another_service(String service, int status, String code) throws IOException {
    Message message = Signing.of(Users.OWNER, service).sign(attack.put("/attacked/row14", "x"));
    Answer reply = attack.send(message);
    attack.refused(reply, status, code);
    attack.nothingAt("row14");
  }

  @ParameterizedTest
  @CsvSource({
    "aws4_request,aws4_other,400,AuthorizationHeaderMalformed",
    "/us-east-1/,/eu-west-1/,403,SignatureDoesNotMatch",
    "/20,/19,400,AuthorizationHeaderMalformed"
  })
  @Evidence("attack-14")
  void scope_changed_after_signing(String from, String to, int status, String code)
      throws IOException {
    Message message = attack.signed(attack.put("/attacked/row14", "x"));
    String header = message.first("Authorization");
    Answer reply = attack.send(message.replace("Authorization", header.replaceFirst(from, to)));
    attack.refused(reply, status, code);
    attack.nothingAt("row14");
  }

  @Test
  @Evidence("attack-15")
  void signature_version_2_needs_the_secret() throws IOException {
    LegacySigning wrong = new LegacySigning(Keys.of(Users.OWNER.access(), "not-the-secret"));
    Answer byHeader = attack.send(wrong.sign(attack.put("/attacked/row15", "x")));
    attack.refused(byHeader, 403, "SignatureDoesNotMatch");
    Message get = attack.message("GET", "/attacked/row15");
    attack.refused(attack.send(wrong.presign(get, inMinutes(5))), 403, "SignatureDoesNotMatch");
    attack.nothingAt("row15");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Evidence("attack-15")
  void signature_version_2_works_for_users_and_sessions(boolean session) throws IOException {
    LegacySigning signing = new LegacySigning(session ? attack.session("") : Users.OWNER);
    Answer stored = attack.send(signing.sign(attack.put("/attacked/row15-v2", "x")));
    assertThat(stored.status()).as(stored.text()).isEqualTo(200);
    Message get = attack.message("GET", "/attacked/row15-v2");
    assertThat(attack.send(signing.presign(get, inMinutes(5))).text()).isEqualTo("x");
    attack.refused(attack.send(signing.presign(get, inMinutes(-1))), 403, "AccessDenied");
    attack.refused(
        attack.send(signing.presign(get, inMinutes(8 * 24 * 60))),
        400,
        "AuthorizationQueryParametersError");
    Message url = signing.presign(get, inMinutes(5));
    attack.refused(
        attack.send(url.as("GET", url.target() + "&response-content-type=text/html")),
        403,
        "SignatureDoesNotMatch");
    attack.refused(attack.send(url.as("GET", url.target() + "&attributes")), 403, "AccessDenied");
    attack.refused(attack.send(url.as("DELETE", url.target())), 403, "SignatureDoesNotMatch");
  }

  private static Instant inMinutes(int minutes) {
    return Instant.now().plus(Duration.ofMinutes(minutes));
  }

  @Test
  @Evidence("attack-15")
  void other_algorithm() throws IOException {
    Message message = attack.signed(attack.put("/attacked/row15", "x"));
    String header = message.first("Authorization");
    message.replace("Authorization", header.replace("AWS4-HMAC-SHA256", "AWS4-ECDSA-P256-SHA256"));
    attack.refused(attack.send(message), 400, "InvalidRequest");
    attack.nothingAt("row15");
  }

  @ParameterizedTest
  @ValueSource(ints = {-16, 16})
  @Evidence("attack-16")
  void clock_skew(int minutes) throws IOException {
    Signing signing = Signing.s3(Users.OWNER).at(Instant.now().plus(Duration.ofMinutes(minutes)));
    attack.refused(
        attack.send(signing.sign(attack.put("/attacked/row16", "x"))), 403, "RequestTimeTooSkewed");
    attack.nothingAt("row16");
  }

  @ParameterizedTest
  @CsvSource({
    "AWS4-HMAC-SHA256,AuthorizationHeaderMalformed",
    "Basic YTpi,InvalidArgument",
    "AWS4-HMAC-SHA256 Credential=x,AuthorizationHeaderMalformed",
    "x,InvalidArgument"
  })
  @Evidence("attack-19")
  void broken_authorization_is_not_anonymous(String authorization, String code) throws IOException {
    Message message =
        attack.message("GET", "/attacked/row19").header("Authorization", authorization);
    Answer reply = attack.send(message);
    attack.refused(reply, 400, code);
  }
}
