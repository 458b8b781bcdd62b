package dev.lakebed.front;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.http.Headers;
import dev.lakebed.http.QueryParameters;
import dev.lakebed.http.RawTarget;
import dev.lakebed.http.Request;
import dev.lakebed.http.Request.Connection;
import dev.lakebed.http.RequestBody;
import dev.lakebed.kit.DeclaredProtocol;
import dev.lakebed.operation.Protocol;
import dev.lakebed.operation.Protocol.Kind;
import dev.lakebed.support.Evidence;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The credential scope decides, not the path. */
@Evidence({"contract-0.1", "rule-5"})
class RouterTest {
  private static final int PORT = 8333;
  private static final int ICEBERG_PORT = 8181;

  private final Router router =
      new Router(
          Arrays.stream(Kind.values()).<Protocol>map(DeclaredProtocol::new).toList(), ICEBERG_PORT);

  @ParameterizedTest
  @CsvSource({
    "s3,/buckets,S3",
    "s3tables,/buckets,S3TABLES",
    "s3tables,/iceberg/v1/config,ICEBERG",
    "s3,/iceberg/v1/config,S3",
    "sts,/,STS",
    "sts,/sts,STS",
    "iam,/,IAM",
    "other,/x,S3"
  })
  void the_scope_decides(String service, String path, Kind expected) {
    String authorization =
        "AWS4-HMAC-SHA256 Credential=AK/20260101/local-01/"
            + service
            + "/aws4_request, SignedHeaders=host, Signature=00";
    assertThat(route("POST", path, Headers.builder().add("authorization", authorization)))
        .isEqualTo(expected);
  }

  @Test
  void a_form_signed_for_s3_at_the_root_is_answered_by_sts() {
    Headers.Builder form =
        Headers.builder()
            .add("authorization", "AWS4-HMAC-SHA256 Credential=AK/20260101/r/s3/aws4_request")
            .add("content-type", "application/x-www-form-urlencoded");
    assertThat(route("POST", "/", form)).isEqualTo(Kind.STS);
    assertThat(route("POST", "/?delete", form)).isEqualTo(Kind.S3);
    assertThat(route("POST", "/bucket", form)).isEqualTo(Kind.S3);
  }

  @Test
  void a_presigned_scope_counts_too() {
    assertThat(
            route(
                "GET",
                "/?Action=GetCallerIdentity&X-Amz-Credential=AK%2F20260101%2Fr%2Fsts%2Faws4_request",
                Headers.builder()))
        .isEqualTo(Kind.STS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/sts", "/sts/"})
  void an_unsigned_form_at_the_root_or_at_sts_is_sts(String path) {
    assertThat(
            route(
                "POST",
                path,
                Headers.builder().add("content-type", "application/x-www-form-urlencoded; a=b")))
        .isEqualTo(Kind.STS);
    assertThat(route("POST", path + "?Action=AssumeRoleWithWebIdentity", Headers.builder()))
        .isEqualTo(Kind.STS);
  }

  @Test
  void a_bucket_called_sts_is_a_bucket() {
    assertThat(route("GET", "/sts", Headers.builder())).isEqualTo(Kind.S3);
    assertThat(route("GET", "/sts/?list-type=2", Headers.builder())).isEqualTo(Kind.S3);
    assertThat(route("POST", "/sts?delete", Headers.builder())).isEqualTo(Kind.S3);
    assertThat(route("GET", "/sts/key?Action=x", Headers.builder())).isEqualTo(Kind.S3);
    assertThat(
            route(
                "POST",
                "/sts",
                Headers.builder().add("content-type", "multipart/form-data; boundary=b")))
        .isEqualTo(Kind.S3);
  }

  @Test
  void an_upload_form_to_a_bucket_and_a_batch_delete_are_s3() {
    assertThat(route("POST", "/bucket?delete", Headers.builder())).isEqualTo(Kind.S3);
    assertThat(
            route(
                "POST",
                "/bucket",
                Headers.builder().add("content-type", "application/x-www-form-urlencoded")))
        .isEqualTo(Kind.S3);
  }

  @Test
  void the_target_header_of_the_json_protocol_is_s3_tables() {
    assertThat(
            route("POST", "/", Headers.builder().add("x-amz-target", "S3Tables.ListTableBuckets")))
        .isEqualTo(Kind.S3TABLES);
  }

  @Test
  void the_iceberg_port_serves_nothing_else() {
    assertThat(router.route(request("GET", "/bucket", Headers.builder(), ICEBERG_PORT)).kind())
        .isEqualTo(Kind.ICEBERG);
  }

  private Kind route(String method, String target, Headers.Builder headers) {
    return router.route(request(method, target, headers, PORT)).kind();
  }

  private static Request request(String method, String target, Headers.Builder headers, int port) {
    RawTarget raw = RawTarget.parse(target);
    return new Request(
        "0",
        method,
        raw,
        QueryParameters.parse(raw.query()),
        headers.build(),
        new Connection("127.0.0.1", false, port),
        Instant.EPOCH,
        RequestBody.EMPTY);
  }
}
