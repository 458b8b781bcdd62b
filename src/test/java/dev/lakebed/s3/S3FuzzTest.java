package dev.lakebed.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.lakebed.http.PercentEncoding;
import dev.lakebed.kit.Answer;
import dev.lakebed.kit.TestBody;
import dev.lakebed.kit.TestCaller;
import dev.lakebed.kit.TestClient;
import dev.lakebed.kit.TestServer;
import dev.lakebed.storage.checksum.ChecksumAlgorithm;
import dev.lakebed.support.Evidence;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Arbitrary bodies, headers and parameters: every answer is a success or a known refusal, never an
 * internal error.
 */
@Evidence({"attack-55", "attack-56", "attack-58", "attack-71", "attack-72"})
class S3FuzzTest {
  private static final Set<Integer> KNOWN = Set.of(200, 204, 206, 400, 404, 405, 412, 416, 501);

  private final TestServer server = TestServer.inMemory();
  private final TestClient s3 = server.s3().as(TestCaller.ROOT);
  private final String upload;

  S3FuzzTest() {
    s3.send("PUT", "/bkt");
    s3.put("/bkt/k", "0123456789");
    upload = s3.send("POST", "/bkt/m?uploads").element("UploadId");
  }

  @FuzzTest(maxDuration = "60s")
  void any_body_is_answered(byte[] body) {
    bodies(body);
  }

  @Property(tries = 500)
  void any_document_is_answered(@ForAll("documents") String document) {
    bodies(document.getBytes(StandardCharsets.UTF_8));
  }

  @Provide
  Arbitrary<String> documents() {
    return Arbitraries.of(
            "<Delete>",
            "</Delete>",
            "<Object>",
            "</Object>",
            "<Key>",
            "</Key>",
            "<Quiet>",
            "</Quiet>",
            "<CompleteMultipartUpload>",
            "</CompleteMultipartUpload>",
            "<Part>",
            "</Part>",
            "<PartNumber>",
            "</PartNumber>",
            "<ETag>",
            "</ETag>",
            "1",
            "k",
            "true",
            "&quot;",
            "&#0;",
            "<!--",
            "-->",
            "<![CDATA[",
            "]]>",
            "<?x ?>",
            "<!DOCTYPE a>",
            "&a;",
            "\uD83D\uDE00",
            " xmlns='u'",
            "<x:Key>",
            "<CreateBucketConfiguration>",
            "</CreateBucketConfiguration>",
            "<LocationConstraint>",
            "</LocationConstraint>")
        .list()
        .ofMaxSize(14)
        .map(parts -> String.join("", parts));
  }

  private void bodies(byte[] body) {
    Answer delete =
        s3.send(
            "POST",
            "/bkt?delete",
            TestBody.of(body),
            "x-amz-checksum-crc32",
            ChecksumAlgorithm.CRC32.of(body).base64());
    assertThat(delete.status()).isIn(200, 400);
    assertThat(s3.send("POST", "/bkt/m?uploadId=" + upload, TestBody.of(body)).status())
        .isEqualTo(400);
    // An empty body is no refusal: the bucket exists already, and in us-east-1 that is 200.
    assertThat(s3.send("PUT", "/bkt", TestBody.of(body)).status()).isIn(200, 400, 409, 501);
  }

  @Property
  void any_header_is_answered(@ForAll("headerValues") String value) {
    for (String header :
        new String[] {
          "range",
          "if-match",
          "if-none-match",
          "if-modified-since",
          "if-unmodified-since",
          "if-range",
          "x-amz-expected-bucket-owner",
          "x-amz-object-attributes"
        }) {
      int status = s3.send("GET", "/bkt/k", header, value).status();
      assertThat(status).as(header).isIn(200, 206, 304, 403, 412, 416);
    }
    for (String header :
        new String[] {
          "x-amz-copy-source", "x-amz-tagging", "x-amz-storage-class", "content-md5",
          "x-amz-checksum-crc32", "x-amz-trailer", "x-amz-acl", "content-encoding"
        }) {
      assertThat(s3.put("/bkt/new", "x", header, value).status()).as(header).isIn(KNOWN);
    }
  }

  @Provide
  Arbitrary<String> headerValues() {
    return Arbitraries.oneOf(
        Arbitraries.strings().withCharRange(' ', '~').withChars('\u00e9', '\t').ofMaxLength(60),
        Arbitraries.strings()
            .withChars("bytes=0123456789-, *\"W/%?&=+")
            .ofMaxLength(40)
            .map(text -> "bytes=" + text));
  }

  @Property
  void any_parameter_is_answered(@ForAll("headerValues") String value) {
    String encoded = PercentEncoding.encode(value);
    for (String name :
        new String[] {
          "continuation-token",
          "max-keys",
          "prefix",
          "delimiter",
          "start-after",
          "marker",
          "encoding-type",
          "list-type",
          "key-marker",
          "version-id-marker",
          "upload-id-marker"
        }) {
      for (String list : new String[] {"list-type=2&", "versions&", "uploads&", ""}) {
        assertThat(s3.send("GET", "/bkt?" + list + name + "=" + encoded).status())
            .as(list + name)
            .isIn(200, 400);
      }
    }
    assertThat(s3.send("GET", "/bkt/k?versionId=" + encoded).status()).isIn(200, 400, 404);
    assertThat(s3.send("GET", "/bkt/k?partNumber=" + encoded).status()).isIn(206, 400, 416);
    assertThat(s3.put("/bkt/k?partNumber=1&uploadId=" + encoded, "x").status()).isEqualTo(404);
  }
}
