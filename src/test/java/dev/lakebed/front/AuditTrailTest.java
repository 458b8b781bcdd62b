package dev.lakebed.front;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.audit.AuditLog;
import dev.lakebed.auth.Caller;
import dev.lakebed.auth.KeyedCaller;
import dev.lakebed.auth.Principal;
import dev.lakebed.auth.Principal.SessionFacts;
import dev.lakebed.auth.TrustedProxies;
import dev.lakebed.front.EndedRequest.Outcome;
import dev.lakebed.http.Headers;
import dev.lakebed.http.QueryParameters;
import dev.lakebed.http.RawTarget;
import dev.lakebed.http.Request;
import dev.lakebed.http.Request.Connection;
import dev.lakebed.http.RequestBody;
import dev.lakebed.http.Response;
import dev.lakebed.kit.DeclaredProtocol;
import dev.lakebed.operation.Operation.Effect;
import dev.lakebed.operation.Protocol;
import dev.lakebed.policy.Keys;
import dev.lakebed.policy.Question.Grants;
import dev.lakebed.support.Evidence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which requests are audited, as docs/operations.md says. */
class AuditTrailTest {
  @TempDir private Path directory;

  private static Optional<Caller> caller(String who) {
    Principal principal =
        switch (who) {
          case "user" ->
              new Principal.User(
                  "000000000000", "arn:aws:iam::0:user/u", "AIDA", "u", Map.of(), Grants.NONE);
          case "session" ->
              new Principal.RoleSession(
                  "000000000000",
                  "arn:aws:sts::0:assumed-role/R/s",
                  "AROA",
                  "arn:aws:iam::0:role/R",
                  SessionFacts.of("s", Instant.EPOCH, Instant.MAX, List.of("AKBASE")),
                  Grants.NONE);
          default -> new Principal.Anonymous(Grants.NONE);
        };
    return who.equals("unknown")
        ? Optional.empty()
        : Optional.of(new KeyedCaller(principal, Keys.NONE));
  }

  /** What the real protocols declare; see EffectTest of S3 and of S3 Tables. */
  private static Effect administers(Protocol.Kind protocol, String operation) {
    return switch (protocol) {
      case IAM, STS, ICEBERG -> Effect.ADMINISTERS;
      case S3TABLES -> operation.equals("GetTable") ? Effect.READS : Effect.ADMINISTERS;
      case S3 ->
          switch (operation) {
            case "GetObject", "Unknown" -> Effect.READS;
            case "DeleteObject", "CreateMultipartUpload" -> Effect.CHANGES_CONTENT;
            default -> Effect.ADMINISTERS;
          };
    };
  }

  private List<String> audited(
      String who, Protocol.Kind protocol, String operation, int status, Headers headers)
      throws IOException {
    Request request =
        new Request(
            "0123456789ABCDEF",
            "GET",
            new RawTarget("/", ""),
            QueryParameters.NONE,
            headers,
            new Connection("192.0.2.1", false, 8333),
            Instant.EPOCH,
            RequestBody.EMPTY);
    try (AuditLog log = new AuditLog(directory, 1 << 20, 2)) {
      new AuditTrail(Optional.of(log), TrustedProxies.NONE)
          .add(
              new EndedRequest(
                  new DeclaredProtocol(protocol, administers(protocol, operation)),
                  request,
                  operation,
                  caller(who),
                  Outcome.success(Response.of(status))));
    }
    return Files.readAllLines(directory.resolve("audit.jsonl"));
  }

  @ParameterizedTest
  @CsvSource({
    "user, S3, GetObject, 200, false",
    "user, S3, GetObject, 404, false",
    "user, S3, GetObject, 403, true",
    "user, S3, DeleteObject, 204, false",
    "user, S3, CreateMultipartUpload, 200, false",
    "user, S3, PutBucketPolicy, 204, true",
    "user, S3, DeletePublicAccessBlock, 204, true",
    "user, S3, CreateBucket, 200, true",
    "user, S3, TagResource, 204, true",
    "user, S3, UntagResource, 204, true",
    "user, S3TABLES, GetTable, 200, false",
    "user, S3TABLES, PutTablePolicy, 200, true",
    "user, IAM, ListUsers, 200, true",
    "user, STS, AssumeRole, 200, true",
    "session, S3, GetObject, 200, true",
    "nobody, S3, GetObject, 200, true",
    "unknown, S3, Unknown, 403, true",
    "unknown, S3, Unknown, 400, true",
    "unknown, S3, Operator, 200, false",
    "unknown, S3, Operator, 404, false",
    "nobody, S3, PreflightCORS, 200, false",
    "unknown, S3, PreflightCORS, 403, false",
    "user, S3, PutBucketAcl, 501, true",
    "user, S3TABLES, Unknown, 400, true",
    "user, STS, Unknown, 400, true",
    "unknown, S3, Starting, 503, false"
  })
  @Evidence("attack-79")
  void refused_anonymous_session_and_administrative_requests_are_audited(
      String who, Protocol.Kind protocol, String operation, int status, boolean wanted)
      throws IOException {
    assertThat(audited(who, protocol, operation, status, Headers.NONE)).hasSize(wanted ? 1 : 0);
  }

  @ParameterizedTest
  @CsvSource({
    "user, S3, PutBucketPolicy, 204, allowed",
    "user, S3, PutBucketPolicy, 400, allowed",
    "user, S3, GetObject, 403, denied",
    "nobody, S3, GetObject, 200, allowed",
    "nobody, S3, GetObject, 404, allowed",
    "nobody, STS, GetCallerIdentity, 403, denied",
    "nobody, STS, AssumeRoleWithWebIdentity, 400, denied",
    "nobody, STS, AssumeRoleWithWebIdentity, 200, allowed",
    "unknown, S3, GetObject, 403, denied"
  })
  void the_decision_is_denied_when_rights_or_the_sender_were_not_accepted(
      String who, Protocol.Kind protocol, String operation, int status, String decision)
      throws IOException {
    assertThat(audited(who, protocol, operation, status, Headers.NONE))
        .singleElement()
        .asString()
        .contains("\"decision\":\"" + decision + "\"")
        .contains("\"request\":\"GET /\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "AWS AKV2:c2lnbmF0dXJl | AKV2",
        "AWS4-HMAC-SHA256 Credential=AKV4/20260101/us-east-1/s3/aws4_request, Signature=x | AKV4"
      })
  void the_key_that_any_kind_of_signature_claims_is_shown(String authorization, String key)
      throws IOException {
    Headers headers = Headers.builder().add("authorization", authorization).build();
    assertThat(audited("unknown", Protocol.Kind.S3, "Unknown", 400, headers))
        .singleElement()
        .asString()
        .contains("\"claimedKeyId\":\"" + key + "\"");
  }

  @Test
  void a_refused_signature_shows_the_key_it_claims_and_nothing_else_of_the_header()
      throws IOException {
    Headers headers =
        Headers.builder()
            .add(
                "authorization",
                "AWS4-HMAC-SHA256 Credential=AKCLAIM/20260101/us-east-1/s3/aws4_request,"
                    + " SignedHeaders=host, Signature=5ec3e7")
            .add("x-amz-security-token", "t0ken")
            .build();
    assertThat(audited("unknown", Protocol.Kind.S3, "Unknown", 403, headers))
        .singleElement()
        .asString()
        .contains("\"claimedKeyId\":\"AKCLAIM\"")
        .doesNotContain("5ec3e7", "t0ken");
  }
}
