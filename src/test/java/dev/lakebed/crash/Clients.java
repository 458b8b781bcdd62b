package dev.lakebed.crash;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.s3tables.S3TablesClient;

/**
 * AWS clients that send every request once: a retry would hide whether a request was acknowledged.
 */
record Clients(SdkHttpClient http, S3Client s3, S3TablesClient tables) implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int CONNECTIONS = 64;
  private static final StaticCredentialsProvider KEYS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("admin", "admin"));

  /** For the administrator of the seed configuration. */
  static Clients of(URI endpoint) {
    return of(endpoint, true);
  }

  /** For a server that takes bodies as they are. */
  static Clients plain(URI endpoint) {
    return of(endpoint, false);
  }

  /** Makes URLs that the administrator has signed. */
  static S3Presigner presigner(URI endpoint) {
    return S3Presigner.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(KEYS)
        .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build())
        .build();
  }

  private static Clients of(URI endpoint, boolean chunked) {
    SdkHttpClient http =
        Apache5HttpClient.builder()
            .maxConnections(CONNECTIONS)
            .socketTimeout(PATIENCE)
            .connectionAcquisitionTimeout(PATIENCE)
            .build();
    ClientOverrideConfiguration once =
        ClientOverrideConfiguration.builder()
            .retryStrategy(DefaultRetryStrategy.doNotRetry())
            .build();
    return new Clients(
        http,
        S3Client.builder()
            .endpointOverride(endpoint)
            .region(Region.US_EAST_1)
            .credentialsProvider(KEYS)
            .forcePathStyle(true)
            .serviceConfiguration(s -> s.chunkedEncodingEnabled(chunked))
            .requestChecksumCalculation(
                chunked
                    ? RequestChecksumCalculation.WHEN_SUPPORTED
                    : RequestChecksumCalculation.WHEN_REQUIRED)
            .httpClient(http)
            .overrideConfiguration(once)
            .build(),
        S3TablesClient.builder()
            .endpointOverride(endpoint)
            .region(Region.US_EAST_1)
            .credentialsProvider(KEYS)
            .httpClient(http)
            .overrideConfiguration(once)
            .build());
  }

  @Override
  public void close() {
    s3.close();
    tables.close();
    http.close();
  }
}
