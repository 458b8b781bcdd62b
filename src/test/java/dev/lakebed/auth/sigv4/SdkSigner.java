package dev.lakebed.auth.sigv4;

import dev.lakebed.http.Headers;
import dev.lakebed.http.Request;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.checksums.spi.ChecksumAlgorithm;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/**
 * Signs with the AWS SDK for Java, a signer independent of the code under test.
 *
 * @param key access key id
 * @param token session token of a temporary key
 * @param service service of the scope
 * @param presigned whether the signature goes into the query
 * @param payloadSigned whether the body is signed; the SDK leaves it unsigned only over https
 * @param chunked whether the body is framed as aws-chunked
 * @param checksum trailing or leading checksum
 */
record SdkSigner(
    String key,
    String secret,
    Optional<String> token,
    String service,
    boolean presigned,
    boolean payloadSigned,
    boolean chunked,
    Optional<ChecksumAlgorithm> checksum) {
  private static final AwsV4HttpSigner SIGNER = AwsV4HttpSigner.create();

  static SdkSigner header(String service) {
    return new SdkSigner(
        TestRequests.KEY,
        TestRequests.SECRET,
        Optional.empty(),
        service,
        false,
        true,
        false,
        Optional.empty());
  }

  static SdkSigner query() {
    return new SdkSigner(
        TestRequests.KEY,
        TestRequests.SECRET,
        Optional.empty(),
        "s3",
        true,
        false,
        false,
        Optional.empty());
  }

  static SdkSigner chunks(boolean payloadSigned, Optional<ChecksumAlgorithm> checksum) {
    return new SdkSigner(
        TestRequests.KEY,
        TestRequests.SECRET,
        Optional.empty(),
        "s3",
        false,
        payloadSigned,
        true,
        checksum);
  }

  SdkSigner withToken(String sessionToken) {
    return new SdkSigner(
        key,
        secret,
        Optional.of(sessionToken),
        service,
        presigned,
        payloadSigned,
        chunked,
        checksum);
  }

  Request sign(
      String method,
      String encodedPath,
      Map<String, List<String>> query,
      Map<String, List<String>> headers,
      byte[] body) {
    SdkHttpRequest.Builder unsigned =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.fromValue(method))
            .uri(URI.create((payloadSigned ? "http" : "https") + "://store.local:9000"))
            .encodedPath(encodedPath)
            .rawQueryParameters(query)
            .headers(headers);
    boolean s3 = service.equals("s3");
    SignRequest.Builder<AwsCredentialsIdentity> sign =
        SignRequest.builder(identity())
            .request(unsigned.build())
            .payload(
                body.length == 0 && !chunked ? null : ContentStreamProvider.fromByteArray(body))
            .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
            .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-west-9")
            .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, !s3)
            .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, !s3)
            .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, payloadSigned)
            .putProperty(AwsV4HttpSigner.CHUNK_ENCODING_ENABLED, chunked)
            .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(TestRequests.NOW, ZoneOffset.UTC));
    checksum.ifPresent(c -> sign.putProperty(AwsV4HttpSigner.CHECKSUM_ALGORITHM, c));
    if (presigned) {
      sign.putProperty(AwsV4HttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
          .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, Duration.ofMinutes(10));
    }
    SignedRequest signed = SIGNER.sign(sign.build());
    return toRequest(signed);
  }

  private AwsCredentialsIdentity identity() {
    return token
        .<AwsCredentialsIdentity>map(t -> AwsSessionCredentialsIdentity.create(key, secret, t))
        .orElseGet(() -> AwsCredentialsIdentity.create(key, secret));
  }

  private static Request toRequest(SignedRequest signed) {
    SdkHttpRequest http = signed.request();
    Headers.Builder headers = Headers.builder();
    http.forEachHeader((name, values) -> values.forEach(value -> headers.add(name, value)));
    String query = http.encodedQueryParameters().map(q -> "?" + q).orElse("");
    byte[] body =
        signed
            .payload()
            .map(ContentStreamProvider::newStream)
            .map(
                stream -> {
                  try (stream) {
                    return stream.readAllBytes();
                  } catch (IOException broken) {
                    throw new UncheckedIOException(broken);
                  }
                })
            .orElseGet(new ByteArrayInputStream(new byte[0])::readAllBytes);
    return TestRequests.request(
        http.method().name(), http.encodedPath() + query, headers.build(), body);
  }
}
