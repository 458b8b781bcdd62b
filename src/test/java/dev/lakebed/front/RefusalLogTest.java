package dev.lakebed.front;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.KeyedCaller;
import dev.lakebed.auth.Principal;
import dev.lakebed.auth.TrustedProxies;
import dev.lakebed.front.EndedRequest.Outcome;
import dev.lakebed.front.RequestRecords.RefusalLog;
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
import dev.lakebed.support.CapturedLog;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the operator reads of clients that are set up wrongly: docs/operations.md. */
class RefusalLogTest {
  private static final Optional<Caller> KNOWN =
      Optional.of(new KeyedCaller(new Principal.Anonymous(Grants.NONE), Keys.NONE));
  private static final Request REQUEST =
      new Request(
          "0123456789ABCDEF",
          "PUT",
          new RawTarget("/lake/secret-name", ""),
          QueryParameters.NONE,
          Headers.builder()
              .add(
                  "authorization",
                  "AWS4-HMAC-SHA256 Credential=AKIAWRONG/20260101/us-east-1/s3/aws4_request,"
                      + " SignedHeaders=host, Signature=00ff")
              .build(),
          new Connection("192.0.2.1", false, 8333),
          Instant.EPOCH,
          RequestBody.EMPTY);

  private static List<String> lines(
      int status, String code, Optional<Caller> caller, int requests) {
    RefusalLog log = new RefusalLog(TrustedProxies.NONE);
    try (CapturedLog captured = new CapturedLog("dev.lakebed.refusals")) {
      for (int i = 0; i < requests; i++) {
        log.add(
            new EndedRequest(
                new DeclaredProtocol(Protocol.Kind.S3, Effect.READS),
                REQUEST,
                "PutObject",
                caller,
                Outcome.failure(Response.of(status), code)));
      }
      return captured.lines();
    }
  }

  @Test
  void a_wrong_secret_or_key_is_one_line_with_the_key_and_no_signature() {
    assertThat(lines(403, "SignatureDoesNotMatch", Optional.empty(), 1))
        .containsExactly(
            "INFO refused request=0123456789ABCDEF client=192.0.2.1 service=S3 operation=PutObject"
                + " status=403 code=SignatureDoesNotMatch key=AKIAWRONG");
  }

  @Test
  void what_is_not_built_is_one_line_whoever_asks() {
    assertThat(lines(501, "NotImplemented", KNOWN, 1)).hasSize(1);
  }

  @Test
  void refusals_of_known_callers_and_failures_of_the_server_have_their_lines_elsewhere() {
    assertThat(lines(403, "AccessDenied", KNOWN, 1)).isEmpty();
    assertThat(lines(503, "SlowDown", Optional.empty(), 1)).isEmpty();
  }

  @Test
  void a_client_that_goes_on_gets_few_lines() {
    assertThat(lines(403, "InvalidAccessKeyId", Optional.empty(), 1000).size()).isBetween(1, 50);
  }
}
