package dev.lakebed.front;

import dev.lakebed.http.Headers;
import dev.lakebed.http.Request;
import dev.lakebed.http.Response;
import dev.lakebed.http.Response.ResponseBody;
import dev.lakebed.operation.Protocol;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a person sees who opens the server's address in a browser: what this is and where to go. The
 * same text for everybody, without script, without anything of the request or of the configuration.
 */
final class WelcomePage {
  /** What S3 calls a read of the root that names no bucket, neither in the path nor in the host. */
  private static final String ROOT = "ListBuckets";

  private static final byte[] PAGE =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width">
      <title>Lakebed</title>
      </head>
      <body>
      <h1>Lakebed</h1>
      <p>This is an S3-compatible object store with STS, IAM and S3 Tables, made to be the storage
      under Apache Iceberg catalogs. It runs, and this address is its endpoint: programs talk to it
      by requests that are signed with an access key. There is nothing to see here without one.</p>
      <h2>To begin</h2>
      <p>The log of the server's start names the access key of its administrator, or the
      configuration file that has the keys. With a key in <code>AWS_ACCESS_KEY_ID</code> and
      <code>AWS_SECRET_ACCESS_KEY</code>, and this address in <code>AWS_ENDPOINT_URL</code>:</p>
      <pre>aws s3 mb s3://my-bucket
      aws s3 ls</pre>
      <p>Lakekeeper and other catalogs take the same address as S3 and as STS endpoint, with path
      style. README.md and docs/, beside the program, say how to go on.</p>
      <h2>For operators</h2>
      <ul>
      <li><a href="/-/health/ready">whether the server is ready</a></li>
      <li><a href="/-/metrics">metrics</a></li>
      </ul>
      </body>
      </html>
      """
          .getBytes(StandardCharsets.UTF_8);

  private static final Headers HEADERS =
      Headers.builder()
          .add("content-type", "text/html; charset=utf-8")
          .add("cache-control", "no-store")
          .add("vary", "Accept, Authorization")
          .add(
              "content-security-policy",
              "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
          .add("referrer-policy", "no-referrer")
          .add("x-content-type-options", "nosniff")
          .build();

  private WelcomePage() {}

  /** The page, if a browser asks for it: no client of S3 wants HTML. */
  static Optional<Response> answer(Request request, Router router) {
    return isForPerson(request) && isRoot(request, router.route(request))
        ? Optional.of(new Response(200, HEADERS, new ResponseBody.Bytes(PAGE)))
        : Optional.empty();
  }

  private static boolean isForPerson(Request request) {
    return request.method().equals("GET")
        && request.target().path().equals("/")
        && request.query().all().isEmpty()
        && !request.headers().has("authorization")
        && request.body().length().orElse(1) == 0
        && request.headers().first("accept").orElse("").matches("(?is).*text/html.*");
  }

  private static boolean isRoot(Request request, Protocol protocol) {
    return protocol.kind() == Protocol.Kind.S3
        && protocol.operation(request).filter(ROOT::equals).isPresent();
  }
}
