package dev.lakebed.auth.sigv4;

import static dev.lakebed.auth.sigv4.TestRequests.KEY;
import static dev.lakebed.auth.sigv4.TestRequests.authenticator;
import static dev.lakebed.auth.sigv4.TestRequests.authorization;
import static dev.lakebed.auth.sigv4.TestRequests.bytes;
import static dev.lakebed.auth.sigv4.TestRequests.headers;
import static dev.lakebed.auth.sigv4.TestRequests.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.auth.Authenticated;
import dev.lakebed.auth.Authenticated.AuthType;
import dev.lakebed.auth.payload.Sha256;
import dev.lakebed.http.Request;
import dev.lakebed.support.Evidence;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Signatures made by boto3. */
@Evidence("contract-4.3")
class SignatureVectorTest {
  @Test
  @Evidence("rule-11")
  void s3tables_signs_the_encoded_path_once_more() throws IOException {
    Request request =
        request(
            "GET",
            "/buckets/arn%3Aaws%3As3tables%3Aus-east-1%3A111122223333%3Abucket%2Fwh-1",
            headers(
                "Host", "store.local:9000",
                "X-Amz-Date", "20260102T030405Z",
                "Authorization",
                    authorization(
                        KEY,
                        "20260102/us-east-1/s3tables/aws4_request",
                        "host;x-amz-date",
                        "6c8e5ffbc52228dc4164a904236aa69914c4c86d126bf738172b66a6eca73a22")),
            bytes(""));
    assertSigned(authenticator().authenticate(request, "s3tables"));
  }

  @Test
  @Evidence("rule-1")
  void s3_signs_the_path_encoded_once_and_resolves_nothing() throws IOException {
    Request request =
        request(
            "GET",
            "/b/a//b/../c%20d%2Be/%C3%A9%252F~.txt",
            headers(
                "Host", "store.local:9000",
                "X-Amz-Date", "20260102T030405Z",
                "x-amz-checksum-mode", "ENABLED",
                "x-amz-content-sha256", Sha256.EMPTY,
                "Authorization",
                    authorization(
                        KEY,
                        "20260102/us-east-1/s3/aws4_request",
                        "host;x-amz-checksum-mode;x-amz-content-sha256;x-amz-date",
                        "ff5a0418ea062b4a1d3958f4c370d7ab456977d42a6482f96dceb059597c5b79")),
            bytes(""));
    assertSigned(authenticator().authenticate(request, "s3"));
  }

  @Test
  @Evidence("rule-13")
  void sts_without_payload_header_signs_the_hash_of_the_body() throws IOException {
    byte[] body = bytes("Action=GetCallerIdentity&Version=2011-06-15");
    Request request =
        request(
            "POST",
            "/",
            headers(
                "Host", "store.local:9000",
                "X-Amz-Date", "20260102T030405Z",
                "Content-Type", "application/x-www-form-urlencoded; charset=utf-8",
                "Authorization",
                    authorization(
                        KEY,
                        "20260102/us-east-1/sts/aws4_request",
                        "content-type;host;x-amz-date",
                        "0e1dd7916f7878203d8201c57aad0b0e7399f91b7ff30e11393e924146636c58")),
            body);
    Authenticated authenticated = authenticator().authenticate(request, "sts");
    assertSigned(authenticated);
    assertThat(authenticated.request().body().open().readAllBytes()).isEqualTo(body);
  }

  private static void assertSigned(Authenticated authenticated) {
    assertThat(authenticated.authType()).isEqualTo(AuthType.HEADER);
    assertThat(authenticated.accessKeyId()).contains(KEY);
    assertThat(authenticated.principal()).isEqualTo(TestRequests.USER);
    assertThat(authenticated.signedAt()).contains(TestRequests.NOW);
  }
}
