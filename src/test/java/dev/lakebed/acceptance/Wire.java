package dev.lakebed.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;

/**
 * Plain HTTP requests with the target exactly as written, signed by the AWS SDK's signer.
 *
 * @param service service of the credential scope
 * @param region region of the credential scope
 */
record Wire(Endpoint endpoint, AwsCredentials keys, String service, String region) {
  private static final AwsV4HttpSigner SIGNER = AwsV4HttpSigner.create();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** Headers that the HTTP client sets by itself. */
  private static final Set<String> OWN = Set.of("host", "content-length", "expect");

  static Wire of(Endpoint endpoint, AwsCredentials keys, String service) {
    return new Wire(endpoint, keys, service, "us-east-1");
  }

  /**
   * Signs and sends.
   *
   * @param target raw path and query
   * @param headers all signed
   */
  Reply send(String method, String target, Map<String, String> headers, byte[] body) {
    URI uri = URI.create(endpoint.uri() + target);
    SdkHttpRequest.Builder unsigned =
        SdkHttpRequest.builder().method(SdkHttpMethod.fromValue(method)).uri(uri);
    headers.forEach(unsigned::putHeader);
    SignRequest.Builder<AwsCredentials> sign =
        SignRequest.builder(keys)
            .request(unsigned.build())
            .payload(ContentStreamProvider.fromByteArray(body))
            .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
            .putProperty(AwsV4HttpSigner.REGION_NAME, region)
            .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, !service.equals("s3"))
            .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false);
    SignedRequest signed = SIGNER.sign(sign.build());
    Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    signed.request().forEachHeader((name, values) -> all.put(name, String.join(",", values)));
    return exchange(uri, method, all, body(signed));
  }

  /**
   * Sends as it is. With {@code Expect: 100-Continue}, written so, the body is sent after an answer
   * of 100, for which the client waits.
   */
  static Reply exchange(URI uri, String method, Map<String, String> headers, byte[] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(Duration.ofMinutes(2))
            .expectContinue(headers.containsKey("expect"))
            .method(
                method,
                body.length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    headers.forEach(
        (name, value) -> {
          if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
            request.header(name, value);
          }
        });
    try {
      HttpResponse<byte[]> response =
          HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      return new Reply(response.statusCode(), response.body());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  private static byte[] body(SignedRequest signed) {
    return signed
        .payload()
        .map(
            payload -> {
              try (InputStream in = payload.newStream()) {
                return in.readAllBytes();
              } catch (IOException failure) {
                throw new UncheckedIOException(failure);
              }
            })
        .orElseGet(() -> new byte[0]);
  }

  /** What came back. */
  static final class Reply {
    private final int status;
    private final byte[] body;

    private Reply(int status, byte[] body) {
      this.status = status;
      this.body = body;
    }

    int status() {
      return status;
    }

    byte[] body() {
      return body;
    }

    String text() {
      return new String(body, UTF_8);
    }

    /** The text between the tags of the first XML element of that name. */
    String element(String name) {
      String text = text();
      int start = text.indexOf("<" + name + ">");
      return start < 0
          ? ""
          : text.substring(start + name.length() + 2, text.indexOf("</" + name + ">", start));
    }

    /** Status and error code, as {@code 403 AccessDenied}. */
    String outcome() {
      return (status + " " + element("Code")).strip();
    }
  }
}
