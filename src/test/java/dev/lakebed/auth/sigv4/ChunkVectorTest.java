package dev.lakebed.auth.sigv4;

import static dev.lakebed.auth.sigv4.TestRequests.at;
import static dev.lakebed.auth.sigv4.TestRequests.authorization;
import static dev.lakebed.auth.sigv4.TestRequests.headers;
import static dev.lakebed.auth.sigv4.TestRequests.knows;
import static dev.lakebed.auth.sigv4.TestRequests.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.http.Headers;
import dev.lakebed.http.Request;
import dev.lakebed.http.RequestBody;
import dev.lakebed.support.Evidence;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * The examples of AWS's "Signature calculations: transferring payload in multiple chunks", with and
 * without trailer.
 */
@Evidence("contract-4.5")
class ChunkVectorTest {
  private static final String KEY = "AKIAIOSFODNN7EXAMPLE";
  private static final Authenticator AUTHENTICATOR =
      new Authenticator(
          knows(KEY, "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
          at("2013-05-24T00:00:00Z"),
          SignatureSettings.DEFAULT);

  @Test
  @Evidence("rule-32")
  void signed_chunks_verify() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    chunk(body, 65536, "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648");
    chunk(body, 1024, "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497");
    chunk(body, 0, "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9");
    Request request =
        request(
            "PUT",
            "/examplebucket/chunkObject.txt",
            headers(
                "Host", "s3.amazonaws.com",
                "x-amz-date", "20130524T000000Z",
                "x-amz-storage-class", "REDUCED_REDUNDANCY",
                "x-amz-content-sha256", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
                "Content-Encoding", "aws-chunked",
                "x-amz-decoded-content-length", "66560",
                "Content-Length", "66824",
                "Authorization",
                    authorization(
                        KEY,
                        "20130524/us-east-1/s3/aws4_request",
                        "content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;"
                            + "x-amz-decoded-content-length;x-amz-storage-class",
                        "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9")),
            body.toByteArray());
    assertThat(body.size()).isEqualTo(66824);
    RequestBody verified = AUTHENTICATOR.authenticate(request, "s3").request().body();
    assertThat(verified.length()).hasValue(66560);
    assertThat(verified.open().readAllBytes()).isEqualTo(letters(66560));
  }

  @Test
  @Evidence("rule-31")
  void signed_chunks_with_signed_trailer_verify() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    chunk(body, 65536, "b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2");
    chunk(body, 1024, "1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7");
    body.writeBytes(
        TestRequests.bytes(
            "0;chunk-signature=2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992\r\n"
                + "x-amz-checksum-crc32c:sOO8/Q==\r\n"
                + "x-amz-trailer-signature:"
                + "d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n\r\n"));
    Request request =
        request(
            "PUT",
            "/examplebucket/chunkObject.txt",
            headers(
                "Host", "s3.amazonaws.com",
                "x-amz-date", "20130524T000000Z",
                "x-amz-storage-class", "REDUCED_REDUNDANCY",
                "x-amz-content-sha256", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
                "Content-Encoding", "aws-chunked",
                "x-amz-decoded-content-length", "66560",
                "x-amz-trailer", "x-amz-checksum-crc32c",
                "Authorization",
                    authorization(
                        KEY,
                        "20130524/us-east-1/s3/aws4_request",
                        "content-encoding;host;x-amz-content-sha256;x-amz-date;"
                            + "x-amz-decoded-content-length;x-amz-storage-class;x-amz-trailer",
                        "106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e")),
            body.toByteArray());
    RequestBody verified = AUTHENTICATOR.authenticate(request, "s3").request().body();
    assertThat(verified.open().readAllBytes()).isEqualTo(letters(66560));
    assertThat(verified.trailers().all())
        .containsExactly(new Headers.Header("x-amz-checksum-crc32c", "sOO8/Q=="));
  }

  private static void chunk(ByteArrayOutputStream body, int size, String signature) {
    body.writeBytes(
        TestRequests.bytes(Integer.toHexString(size) + ";chunk-signature=" + signature + "\r\n"));
    body.writeBytes(letters(size));
    body.writeBytes(TestRequests.bytes("\r\n"));
  }

  private static byte[] letters(int count) {
    byte[] letters = new byte[count];
    Arrays.fill(letters, (byte) 'a');
    return letters;
  }
}
