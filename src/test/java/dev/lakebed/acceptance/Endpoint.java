package dev.lakebed.acceptance;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3tables.S3TablesClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * A server under test, and AWS clients for it. The clients do not retry, so that a failure is seen.
 *
 * @param uri scheme, host and port
 */
record Endpoint(URI uri) {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** One pool of connections for all clients; names below localhost lead to this machine. */
  private static final SdkHttpClient PLAIN = client().build();

  /** The same over TLS, made after the deployment, whose private authority alone it trusts. */
  private static final class Tls {
    static final SdkHttpClient CLIENT =
        client().tlsTrustManagersProvider(PrivateTrust::managers).build();
  }

  private static Apache5HttpClient.Builder client() {
    return Apache5HttpClient.builder()
        .maxConnections(64)
        .connectionAcquisitionTimeout(LIMIT)
        .socketTimeout(LIMIT)
        .dnsResolver(new BelowLocalhost());
  }

  private SdkHttpClient http() {
    return uri.getScheme().equals("https") ? Tls.CLIENT : PLAIN;
  }

  /** The shared deployment, which the extension {@link ServerFiles} has placed. */
  static Endpoint deployed() {
    return new Endpoint(URI.create("http://127.0.0.1:" + System.getProperty(ServerFiles.PORT)));
  }

  /** The same over TLS. */
  static Endpoint deployedTls() {
    return new Endpoint(
        URI.create("https://127.0.0.1:" + System.getProperty(ServerFiles.TLS_PORT)));
  }

  S3Client s3(AwsCredentials keys) {
    return S3Client.builder()
        .endpointOverride(uri)
        .forcePathStyle(true)
        .region(Region.US_EAST_1)
        .credentialsProvider(StaticCredentialsProvider.create(keys))
        .overrideConfiguration(once())
        .httpClient(http())
        .build();
  }

  /** Sends no checksum that nobody asked for, so that bodies come in signed chunks only. */
  S3Client s3WithoutChecksums(AwsCredentials keys) {
    return S3Client.builder()
        .endpointOverride(uri)
        .forcePathStyle(true)
        .region(Region.US_EAST_1)
        .credentialsProvider(StaticCredentialsProvider.create(keys))
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .overrideConfiguration(once())
        .httpClient(http())
        .build();
  }

  /** Buckets in the host name, as {@code bucket.localhost}. */
  S3Client virtualHostS3(AwsCredentials keys) {
    return S3Client.builder()
        .endpointOverride(URI.create(uri.getScheme() + "://localhost:" + uri.getPort()))
        .region(Region.US_EAST_1)
        .credentialsProvider(StaticCredentialsProvider.create(keys))
        .overrideConfiguration(once())
        .httpClient(http())
        .build();
  }

  StsClient sts(AwsCredentials keys) {
    return sts(keys, Region.US_EAST_1);
  }

  StsClient sts(AwsCredentials keys, Region region) {
    return StsClient.builder()
        .endpointOverride(uri)
        .region(region)
        .credentialsProvider(StaticCredentialsProvider.create(keys))
        .overrideConfiguration(once())
        .httpClient(http())
        .build();
  }

  IamClient iam(AwsCredentials keys) {
    return IamClient.builder()
        .endpointOverride(uri)
        .region(Region.AWS_GLOBAL)
        .credentialsProvider(StaticCredentialsProvider.create(keys))
        .overrideConfiguration(once())
        .httpClient(http())
        .build();
  }

  S3TablesClient tables(AwsCredentials keys) {
    return S3TablesClient.builder()
        .endpointOverride(uri)
        .region(Region.US_EAST_1)
        .credentialsProvider(StaticCredentialsProvider.create(keys))
        .overrideConfiguration(once())
        .httpClient(http())
        .build();
  }

  private static ClientOverrideConfiguration once() {
    return ClientOverrideConfiguration.builder()
        .retryStrategy(DefaultRetryStrategy.doNotRetry())
        .apiCallTimeout(LIMIT)
        .build();
  }

  private static final class BelowLocalhost extends SystemDefaultDnsResolver {
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      return host.endsWith("localhost")
          ? new InetAddress[] {InetAddress.getLoopbackAddress()}
          : super.resolve(host);
    }
  }
}
