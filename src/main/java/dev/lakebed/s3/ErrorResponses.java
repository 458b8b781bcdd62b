package dev.lakebed.s3;

import dev.lakebed.auth.AuthenticationException;
import dev.lakebed.auth.Denial.AccessDeniedException;
import dev.lakebed.auth.form.PostForm.FileSizeException;
import dev.lakebed.auth.form.PostForm.MalformedFormException;
import dev.lakebed.auth.payload.PayloadException;
import dev.lakebed.http.Headers;
import dev.lakebed.http.RawTarget.MalformedTargetException;
import dev.lakebed.http.Request;
import dev.lakebed.http.Request.MalformedRequestException;
import dev.lakebed.http.Response;
import dev.lakebed.http.Response.ResponseBody;
import dev.lakebed.http.VirtualHosts;
import dev.lakebed.limit.ServerBusyException;
import dev.lakebed.s3.bucket.ControlApi;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Error.S3Exception;
import dev.lakebed.s3.rest.XmlWriter;
import dev.lakebed.storage.blob.volume.VolumeUnavailableException;
import dev.lakebed.storage.metadata.MetadataUnavailableException;
import dev.lakebed.storage.metadata.bucket.Buckets.BucketExistsException;
import dev.lakebed.storage.metadata.bucket.Buckets.BucketNotEmptyException;
import dev.lakebed.storage.metadata.bucket.Buckets.NoSuchBucketException;
import dev.lakebed.storage.metadata.object.Objects.NoSuchObjectException;
import dev.lakebed.task.FailureLog;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the error answer of the S3 protocol (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">AWS, REST error
 * responses</a>), or that of S3 Control. The answer to HEAD has no body. {@code region} is the
 * value of {@code x-amz-bucket-region}.
 */
record ErrorResponses(String hostId, String region, VirtualHosts virtualHosts) {
  private static final FailureLog FAILURES =
      new FailureLog(System.getLogger(ErrorResponses.class.getName()), System::nanoTime);

  /**
   * The answer to a failure. One that nobody foresaw is logged under the request's id and shown as
   * InternalError, without its text. {@code bucketNamed} says whether the request names a bucket,
   * whose region is then shown.
   */
  Response of(Request request, Throwable failure, boolean bucketNamed) {
    S3Exception error = S3ErrorMapping.of(failure).orElseGet(() -> internal(request, failure));
    Headers.Builder headers = Headers.builder().addAll(error.headers());
    if (bucketNamed && error.error() != S3Error.NO_SUCH_BUCKET) {
      headers.add("x-amz-bucket-region", region);
    }
    if (request.method().equals("HEAD")) {
      return new Response(error.error().status(), headers.build(), ResponseBody.NONE);
    }
    headers.add("content-type", "application/xml");
    return new Response(error.error().status(), headers.build(), body(request, error));
  }

  private ResponseBody body(Request request, S3Exception error) {
    if (ControlApi.is(request)) {
      return details(XmlWriter.plain("ErrorResponse").open("Error"), request, error)
          .close("Error")
          .element("RequestId", request.id())
          .element("HostId", hostId)
          .end();
    }
    return details(XmlWriter.plain("Error"), request, error)
        .element("Resource", request.target().path())
        .element("RequestId", request.id())
        .element("HostId", hostId)
        .end();
  }

  private XmlWriter details(XmlWriter xml, Request request, S3Exception error) {
    xml.element("Code", error.error().code()).element("Message", message(request, error));
    error.details().forEach(xml::element);
    return xml;
  }

  /** A client that puts the bucket into a host name nobody set up asks for a bucket of its key. */
  private String message(Request request, S3Exception error) {
    return error.error() == S3Error.NO_SUCH_BUCKET && virtualHosts.isUnknown(request.host())
        ? error.getMessage()
            + "; if it stands in the host name, LAKEBED_DOMAIN must name the host behind it"
        : error.getMessage();
  }

  private static S3Exception internal(Request request, Throwable failure) {
    FAILURES.add("request " + request.id() + " failed", failure);
    return S3Error.INTERNAL_ERROR.exception();
  }

  /** Which S3 error a failure of another layer is. */
  static final class S3ErrorMapping {
    private static final Headers RETRY = Headers.builder().add("retry-after", "1").build();

    private S3ErrorMapping() {}

    /** The S3 error; empty for a failure that nobody foresaw. */
    static Optional<S3Exception> of(Throwable failure) {
      return Optional.ofNullable(
          switch (failure) {
            case S3Exception known -> known;
            case AccessDeniedException denied -> denied(denied);
            case AuthenticationException refused -> authentication(refused);
            case PayloadException payload -> withText(payload(payload.reason()), payload);
            case MalformedFormException form -> withText(S3Error.MALFORMED_POST_REQUEST, form);
            case FileSizeException size -> withText(fileSize(size.reason()), size);
            case MalformedRequestException malformed ->
                withText(S3Error.INVALID_REQUEST, malformed);
            case MalformedTargetException malformed -> S3Error.INVALID_URI.exception();
            case NoSuchBucketException gone -> S3Error.NO_SUCH_BUCKET.exception();
            case NoSuchObjectException gone -> S3Error.NO_SUCH_KEY.exception();
            case BucketExistsException taken -> S3Error.BUCKET_ALREADY_EXISTS.exception();
            case BucketNotEmptyException full -> S3Error.BUCKET_NOT_EMPTY.exception();
            case MetadataUnavailableException down ->
                S3Error.SLOW_DOWN.exception(sentence(down)).withHeaders(RETRY);
            case ServerBusyException busy -> S3Error.SLOW_DOWN.exception().withHeaders(RETRY);
            case VolumeUnavailableException full ->
                S3Error.SERVICE_UNAVAILABLE
                    .exception("No storage volume takes writes at the moment.")
                    .withHeaders(RETRY);
            default -> null;
          });
    }

    /** In headers and elements, because each SDK shows its users only one of them. */
    private static S3Exception denied(AccessDeniedException denied) {
      Headers.Builder headers = Headers.builder().add("x-lakebed-decision-id", denied.decisionId());
      S3Exception error =
          withText(S3Error.ACCESS_DENIED, denied).with("DecisionId", denied.decisionId());
      Optional<String> message = denied.encodedMessage();
      if (message.isPresent()) {
        headers.add("x-lakebed-authorization-message", message.get());
        error = error.with("EncodedMessage", message.get());
      }
      return error.withHeaders(headers.build());
    }

    private static S3Exception authentication(AuthenticationException refused) {
      S3Exception error = withText(authentication(refused.reason()), refused);
      for (Map.Entry<String, String> detail : refused.details().entrySet()) {
        error = error.with(detail.getKey(), detail.getValue());
      }
      return error;
    }

    private static S3Error authentication(AuthenticationException.Reason reason) {
      return switch (reason) {
        case MISSING_AUTHENTICATION,
            REQUEST_EXPIRED,
            NOT_YET_VALID,
            UNSIGNED_HEADER,
            POST_POLICY_VIOLATION ->
            S3Error.ACCESS_DENIED;
        case MALFORMED_HEADER -> S3Error.AUTHORIZATION_HEADER_MALFORMED;
        case MALFORMED_QUERY -> S3Error.AUTHORIZATION_QUERY_PARAMETERS_ERROR;
        case SEVERAL_SIGNATURES, INVALID_AUTHORIZATION, MALFORMED_FORM_FIELD ->
            S3Error.INVALID_ARGUMENT;
        case MALFORMED_POST_POLICY -> S3Error.INVALID_POLICY_DOCUMENT;
        case UNSUPPORTED_AUTHENTICATION, INVALID_CONTENT_SHA256 -> S3Error.INVALID_REQUEST;
        case UNKNOWN_ACCESS_KEY, INACTIVE_ACCESS_KEY, MISSING_SESSION_TOKEN ->
            S3Error.INVALID_ACCESS_KEY_ID;
        case INVALID_SESSION_TOKEN -> S3Error.INVALID_TOKEN;
        case EXPIRED_SESSION_TOKEN -> S3Error.EXPIRED_TOKEN;
        case SIGNATURE_MISMATCH -> S3Error.SIGNATURE_DOES_NOT_MATCH;
        case TIME_SKEWED -> S3Error.REQUEST_TIME_TOO_SKEWED;
        case MISSING_DECODED_LENGTH -> S3Error.MISSING_CONTENT_LENGTH;
      };
    }

    private static S3Error payload(PayloadException.Reason reason) {
      return switch (reason) {
        case SHA256_MISMATCH -> S3Error.SHA256_MISMATCH;
        case CHUNK_SIGNATURE_MISMATCH -> S3Error.SIGNATURE_DOES_NOT_MATCH;
        case MALFORMED_CHUNK -> S3Error.INVALID_REQUEST;
        case SMALL_CHUNK -> S3Error.INVALID_CHUNK_SIZE;
        case INCOMPLETE, EXCESS -> S3Error.INCOMPLETE_BODY;
        case MALFORMED_TRAILER -> S3Error.MALFORMED_TRAILER;
        case TOO_LARGE -> S3Error.MAX_MESSAGE_LENGTH_EXCEEDED;
        case TIMEOUT -> S3Error.REQUEST_TIMEOUT;
      };
    }

    private static S3Error fileSize(FileSizeException.Reason reason) {
      return switch (reason) {
        case TOO_LARGE -> S3Error.ENTITY_TOO_LARGE;
        case TOO_SMALL -> S3Error.ENTITY_TOO_SMALL;
      };
    }

    /** What the database does, not how often the client asks: that would not help. */
    private static String sentence(MetadataUnavailableException down) {
      String words = String.valueOf(down.getMessage());
      return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) + ".";
    }

    private static S3Exception withText(S3Error error, Throwable failure) {
      String text = failure.getMessage();
      return text == null ? error.exception() : error.exception(text);
    }
  }
}
