package dev.lakebed.s3;

import dev.lakebed.http.Headers;
import dev.lakebed.http.Request;
import dev.lakebed.http.Response;
import dev.lakebed.http.Response.ResponseBody;
import dev.lakebed.http.VirtualHosts;
import dev.lakebed.s3.bucket.ControlApi;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Error.S3Exception;
import dev.lakebed.s3.rest.XmlWriter;
import dev.lakebed.task.FailureLog;

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
}
