package dev.lakebed.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Vectors made with boto3 1.43 (AWS SigV4): key id AKIDEXAMPLE0000000AA, 2026-01-02T03:04:05Z,
 * us-east-1, host store.local:9000.
 */
class SignerTest {
  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");
  private static final Keys KEYS =
      new Keys(
          "AKIDEXAMPLE0000000AA", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", Optional.empty());

  private final Signer signer = new Signer(KEYS, "us-east-1", true);

  @Test
  void s3_path_is_signed_as_sent() {
    Outgoing request =
        new Outgoing(
            Service.S3,
            "GET",
            "/b/a//b/../c%20d%2Be/%C3%A9%252F~.txt",
            "",
            Map.of("x-amz-checksum-mode", "ENABLED"),
            Body.EMPTY);
    assertThat(authorization(request))
        .isEqualTo(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE0000000AA/20260102/us-east-1/s3/aws4_request,"
                + " SignedHeaders=host;x-amz-checksum-mode;x-amz-content-sha256;x-amz-date,"
                + " Signature=ff5a0418ea062b4a1d3958f4c370d7ab456977d42a6482f96dceb059597c5b79");
  }

  @Test
  void s3tables_path_is_encoded_once_more() {
    String path = "/buckets/arn%3Aaws%3As3tables%3Aus-east-1%3A111122223333%3Abucket%2Fwh-1";
    Outgoing request = new Outgoing(Service.S3TABLES, "GET", path, "", Map.of(), Body.EMPTY);
    assertThat(authorization(request))
        .endsWith(
            "SignedHeaders=host;x-amz-date,"
                + " Signature=6c8e5ffbc52228dc4164a904236aa69914c4c86d126bf738172b66a6eca73a22");
  }

  @Test
  void sts_form_is_signed_with_its_hash_and_without_hash_header() {
    Outgoing request =
        new Outgoing(
            Service.STS,
            "POST",
            "/",
            "",
            Map.of("content-type", "application/x-www-form-urlencoded; charset=utf-8"),
            Body.text("Action=GetCallerIdentity&Version=2011-06-15"));
    assertThat(authorization(request))
        .endsWith(
            "SignedHeaders=content-type;host;x-amz-date,"
                + " Signature=0e1dd7916f7878203d8201c57aad0b0e7399f91b7ff30e11393e924146636c58");
  }

  @Test
  void s3_body_is_unsigned_unless_asked_and_session_token_is_signed() {
    Keys session = new Keys("k", "s", Optional.of("token"));
    Outgoing put = Outgoing.s3("PUT", "/b/k", "", Body.text("abc"));
    Map<String, String> headers = new Signer(session, "us-east-1", false).headers(put, "h", TIME);
    assertThat(headers)
        .containsEntry("x-amz-content-sha256", "UNSIGNED-PAYLOAD")
        .containsEntry("x-amz-security-token", "token");
    assertThat(headers.get("authorization")).contains("x-amz-date;x-amz-security-token,");
    assertThat(new Signer(session, "us-east-1", true).headers(put, "h", TIME))
        .containsEntry(
            "x-amz-content-sha256",
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void a_new_day_uses_a_new_signing_key() {
    Outgoing request = Outgoing.s3("GET", "/b/k");
    signer.headers(request, "h", TIME);
    Instant nextDay = TIME.plusSeconds(86_400);
    assertThat(signer.headers(request, "h", nextDay))
        .isEqualTo(new Signer(KEYS, "us-east-1", true).headers(request, "h", nextDay));
  }

  private String authorization(Outgoing request) {
    return signer.headers(request, "store.local:9000", TIME).get("authorization");
  }
}
