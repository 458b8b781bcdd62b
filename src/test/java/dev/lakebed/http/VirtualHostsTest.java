package dev.lakebed.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VirtualHostsTest {
  private final VirtualHosts hosts =
      new VirtualHosts(List.of("s3.example.com", "example.com", "eu.S3.example.com"));

  /** A name that is a domain itself names no bucket, though it ends with a shorter domain. */
  @ParameterizedTest
  @CsvSource({
    "lake.s3.example.com, lake",
    "LAKE.S3.Example.Com:8333, lake",
    "my.lake.s3.example.com, my.lake",
    "lake.example.com, lake",
    "lake.eu.s3.example.com, lake",
    "s3.example.com, ''",
    "eu.s3.example.com:8333, ''",
    "example.com, ''",
    ".example.com, ''",
    "otherexample.com, ''",
    "lake.s3.example.org, ''",
    "127.0.0.1:8333, ''",
    "[::1]:8333, ''",
    "'', ''"
  })
  void longest_domain_behind_a_bucket_counts(String host, String bucket) {
    assertThat(hosts.bucket(host)).isEqualTo(bucket);
  }
}
