package dev.lakebed.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.kit.Answer;
import dev.lakebed.kit.TestBody;
import dev.lakebed.kit.TestClient;
import dev.lakebed.kit.TestServer;
import dev.lakebed.storage.checksum.ChecksumAlgorithm;
import dev.lakebed.support.Evidence;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Hostile XML in every body that is read. */
class XmlAttackTest {
  private final TestServer server = TestServer.inMemory();
  private final TestClient s3 = server.s3();
  private String upload = "";

  @BeforeEach
  void upload() {
    s3.send("PUT", "/bkt");
    upload = s3.send("POST", "/bkt/k?uploads").element("UploadId");
  }

  static Stream<String> documentTypes() {
    return Stream.of(
        "<!DOCTYPE %1$s>%2$s",
        "<!DOCTYPE %1$s SYSTEM \"http://127.0.0.1:1/x.dtd\">%2$s",
        "<!DOCTYPE %1$s [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>%2$s",
        "<!DOCTYPE %1$s [<!ENTITY e \"boom\">]><%1$s>&e;</%1$s>",
        "<!DOCTYPE %1$s [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">"
            + "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]><%1$s>&c;</%1$s>",
        "<!DOCTYPE %1$s [<!ENTITY %% p SYSTEM \"http://127.0.0.1:1/\"> %%p;]>%2$s",
        "<%1$s>&undeclared;</%1$s>");
  }

  @ParameterizedTest
  @MethodSource("documentTypes")
  @Evidence("attack-55")
  void a_document_type_or_entity_is_malformed(String form) {
    refused(delete(form.formatted("Delete", "<Delete><Object><Key>k</Key></Object></Delete>")));
    refused(
        complete(
            form.formatted(
                "CompleteMultipartUpload",
                "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>x</ETag></Part>"
                    + "</CompleteMultipartUpload>")));
    refused(
        s3.put(
            "/new", form.formatted("CreateBucketConfiguration", "<CreateBucketConfiguration/>")));
    assertThat(s3.send("HEAD", "/new").status()).isEqualTo(404);
  }

  static Stream<String> broken() {
    return Stream.of(
        "<Delete>",
        "<Delete></Remove>",
        "\u0000",
        "<Delete><Object><Key>\u0001</Key></Object></Delete>",
        "<Delete><Object><Key>&#0;</Key></Object></Delete>",
        "<Delete a='1' a='2'><Object><Key>k</Key></Object></Delete>",
        "<x:Delete><Object><Key>k</Key></Object></x:Delete>",
        "<Delete><Object><Key>k</Key></Object></Delete><Delete/>",
        "<a>".repeat(10_000) + "</a>".repeat(10_000),
        "<Delete>" + "<a/>".repeat(200_000) + "</Delete>");
  }

  @ParameterizedTest
  @MethodSource("broken")
  @Evidence("attack-56")
  void a_broken_deep_or_endless_document_is_malformed(String body) {
    refused(delete(body));
    refused(complete(body));
    refused(s3.put("/new", body.length() > 60_000 ? body.substring(0, 60_000) : body));
  }

  @org.junit.jupiter.api.Test
  @Evidence("attack-56")
  void a_body_over_the_limit_is_refused_unread() {
    TestBody huge =
        new TestBody(
            new byte[0],
            OptionalLong.of(1L << 30),
            dev.lakebed.http.Headers.NONE,
            new java.io.IOException("must not be read"));
    Answer announced = s3.send("PUT", "/new", huge);
    assertThat(announced.status()).isEqualTo(400);
    assertThat(announced.code()).isEqualTo("MaxMessageLengthExceeded");
    TestBody silent = TestBody.unknownLength(new byte[300_000]);
    assertThat(s3.send("PUT", "/new", silent).code()).isEqualTo("MaxMessageLengthExceeded");
  }

  private static void refused(Answer answer) {
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("MalformedXML");
  }

  private Answer delete(String body) {
    String crc = ChecksumAlgorithm.CRC32.of(body.getBytes(StandardCharsets.UTF_8)).base64();
    return s3.post("/bkt?delete", body, "x-amz-checksum-crc32", crc);
  }

  private Answer complete(String body) {
    return s3.post("/bkt/k?uploadId=" + upload, body);
  }
}
