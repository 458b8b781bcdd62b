package dev.lakebed.tables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.auth.AuthenticationException;
import dev.lakebed.auth.payload.PayloadException;
import dev.lakebed.kit.Answer;
import dev.lakebed.kit.TestServer;
import dev.lakebed.operation.Protocol;
import dev.lakebed.storage.blob.volume.VolumeUnavailableException;
import dev.lakebed.storage.metadata.MetadataUnavailableException;
import dev.lakebed.support.Evidence;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The error answers: AWS's common errors in the form of S3 Tables. */
@Evidence({"contract-1.4", "rule-85", "catalog-L1"})
class TablesExceptionTest {
  private static final Map<AuthenticationException.Reason, String> AUTHENTICATION =
      Map.ofEntries(
          Map.entry(
              AuthenticationException.Reason.MISSING_AUTHENTICATION,
              "403 MissingAuthenticationTokenException"),
          Map.entry(
              AuthenticationException.Reason.MALFORMED_HEADER, "400 IncompleteSignatureException"),
          Map.entry(
              AuthenticationException.Reason.MALFORMED_QUERY, "400 IncompleteSignatureException"),
          Map.entry(
              AuthenticationException.Reason.UNSUPPORTED_AUTHENTICATION,
              "400 IncompleteSignatureException"),
          Map.entry(
              AuthenticationException.Reason.SEVERAL_SIGNATURES,
              "400 IncompleteSignatureException"),
          Map.entry(
              AuthenticationException.Reason.INVALID_AUTHORIZATION,
              "400 IncompleteSignatureException"),
          Map.entry(
              AuthenticationException.Reason.MALFORMED_POST_POLICY, "403 AccessDeniedException"),
          Map.entry(
              AuthenticationException.Reason.MALFORMED_FORM_FIELD, "403 AccessDeniedException"),
          Map.entry(
              AuthenticationException.Reason.UNKNOWN_ACCESS_KEY, "403 UnrecognizedClientException"),
          Map.entry(
              AuthenticationException.Reason.INACTIVE_ACCESS_KEY,
              "403 UnrecognizedClientException"),
          Map.entry(
              AuthenticationException.Reason.MISSING_SESSION_TOKEN,
              "403 UnrecognizedClientException"),
          Map.entry(
              AuthenticationException.Reason.INVALID_SESSION_TOKEN,
              "403 UnrecognizedClientException"),
          Map.entry(
              AuthenticationException.Reason.EXPIRED_SESSION_TOKEN, "403 ExpiredTokenException"),
          Map.entry(
              AuthenticationException.Reason.SIGNATURE_MISMATCH, "403 InvalidSignatureException"),
          Map.entry(AuthenticationException.Reason.TIME_SKEWED, "403 InvalidSignatureException"),
          Map.entry(
              AuthenticationException.Reason.REQUEST_EXPIRED, "403 InvalidSignatureException"),
          Map.entry(AuthenticationException.Reason.NOT_YET_VALID, "403 InvalidSignatureException"),
          Map.entry(
              AuthenticationException.Reason.UNSIGNED_HEADER, "403 InvalidSignatureException"),
          Map.entry(
              AuthenticationException.Reason.INVALID_CONTENT_SHA256, "400 BadRequestException"),
          Map.entry(
              AuthenticationException.Reason.MISSING_DECODED_LENGTH, "400 BadRequestException"),
          Map.entry(
              AuthenticationException.Reason.POST_POLICY_VIOLATION, "403 AccessDeniedException"));

  private static final Map<PayloadException.Reason, String> PAYLOAD =
      Map.of(
          PayloadException.Reason.SHA256_MISMATCH, "403 InvalidSignatureException",
          PayloadException.Reason.CHUNK_SIGNATURE_MISMATCH, "403 InvalidSignatureException",
          PayloadException.Reason.MALFORMED_CHUNK, "400 BadRequestException",
          PayloadException.Reason.SMALL_CHUNK, "400 BadRequestException",
          PayloadException.Reason.INCOMPLETE, "400 BadRequestException",
          PayloadException.Reason.EXCESS, "400 BadRequestException",
          PayloadException.Reason.MALFORMED_TRAILER, "400 BadRequestException",
          PayloadException.Reason.TOO_LARGE, "413 RequestEntityTooLargeException",
          PayloadException.Reason.TIMEOUT, "408 RequestTimeoutException");

  private final TestServer server = TestServer.inMemory();

  private String error(Throwable failure) {
    return failing(failure).outcome();
  }

  private Answer failing(Throwable failure) {
    return server.failing(Protocol.Kind.S3TABLES, "GET", "/buckets", failure);
  }

  @ParameterizedTest
  @EnumSource
  void authentication_failures_have_the_codes_of_AWS(AuthenticationException.Reason reason) {
    assertThat(error(new AuthenticationException(reason, "no")))
        .isEqualTo(AUTHENTICATION.get(reason));
  }

  @ParameterizedTest
  @EnumSource
  void payload_failures_have_the_codes_of_AWS(PayloadException.Reason reason) {
    assertThat(error(new PayloadException(reason, "no"))).isEqualTo(PAYLOAD.get(reason));
  }

  @Test
  void failing_storage_is_503_and_an_unknown_failure_500_without_details() {
    assertThat(error(new MetadataUnavailableException("down", new IllegalStateException())))
        .isEqualTo("503 ServiceUnavailableException");
    assertThat(error(new VolumeUnavailableException("full")))
        .isEqualTo("503 ServiceUnavailableException");
    Answer answer = failing(new IllegalStateException("secret"));
    answer.requireError(500, "InternalServerErrorException");
    assertThat(answer.member("message")).doesNotContain("secret");
  }
}
