package dev.lakebed.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.kit.Answer;
import dev.lakebed.kit.Message;
import dev.lakebed.kit.Signing;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whoever did not sign is refused from the head of the request, unless the operation is open to
 * everybody: no byte of these bodies is ever sent, and the answer comes all the same.
 */
class UnsignedBodyIT {
  @RegisterExtension private final Attack attack = new Attack();

  private Answer headOnly(Message message, long length) throws IOException {
    message.header("Content-Length", Long.toString(length));
    try (Link link = attack.connect()) {
      link.send(message.head());
      Answer reply = link.receive(message.method());
      assertThat(reply.header("connection")).as("the body was not read").isEqualTo("close");
      return reply;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "POST,/attacked?delete,AccessDenied",
    "PUT,/attacked/k?tagging,AccessDenied",
    "PUT,/attacked?policy,AccessDenied",
    "PUT,/attacked?replication,AccessDenied",
    "PUT,/attacked/k?retention,AccessDenied",
    "POST,/attacked/k?uploadId=x,AccessDenied",
    "PUT,/attacked/k,AccessDenied",
    "PUT,/new-bucket,AccessDenied"
  })
  void an_unsigned_body_for_a_private_bucket_is_not_read(String method, String path, String code)
      throws IOException {
    Message message =
        attack.message(method, path).header("Content-MD5", "1B2M2Y8AsgTpgAmY7PhCfg==");
    attack.refused(headOnly(message, 8 << 20), 403, code);
  }

  @Test
  void an_unsigned_call_of_s3_control_is_not_read_whether_it_is_built_or_not() throws IOException {
    for (String path :
        List.of("configuration/publicAccessBlock", "tags/arn%3Aaws%3As3%3A%3A%3Aattacked")) {
      Message message =
          attack.message("POST", "/v20180820/" + path).header("x-amz-account-id", "000000000000");
      attack.refused(headOnly(message, 1 << 20), 403, "AccessDenied");
    }
  }

  @ParameterizedTest
  @CsvSource({"S3Tables.GetTableBucket", "S3Tables.CreateTable", "S3Tables.NoSuchThing"})
  void an_unsigned_call_of_s3_tables_is_not_read(String target) throws IOException {
    Message message = attack.message("POST", "/").header("X-Amz-Target", target);
    Answer reply = headOnly(message, 1 << 20);
    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.header("x-amzn-errortype")).isEqualTo("MissingAuthenticationTokenException");
  }

  @Test
  void an_unsigned_log_in_larger_than_any_assertion_is_not_read() throws IOException {
    Message message =
        attack.message("POST", "/").header("Content-Type", "application/x-www-form-urlencoded");
    Answer reply = headOnly(message, 1 << 20);
    assertThat(reply.status() + reply.code()).isEqualTo("413RequestEntityTooLarge");
  }

  @Test
  void a_wrong_signature_of_an_sts_call_is_refused_before_its_body() throws IOException {
    Message message =
        attack
            .message("POST", "/")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .body("Action=GetCallerIdentity&Version=2011-06-15".getBytes(ISO_8859_1));
    message.header("x-amz-content-sha256", "a".repeat(64));
    Signing.of(Users.OWNER, "sts").sign(message, "b".repeat(64));
    try (Link link = attack.connect()) {
      link.send(message.head());
      Answer reply = link.receive("POST");
      assertThat(reply.status() + reply.code()).isEqualTo("403SignatureDoesNotMatch");
    }
  }
}
