package dev.lakebed.auth.sigv4;

import static dev.lakebed.auth.sigv4.TestRequests.headers;
import static dev.lakebed.auth.sigv4.TestRequests.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.auth.Authenticated;
import dev.lakebed.http.Request;
import dev.lakebed.http.VirtualHosts;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The examples of <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html">AWS, Signing and
 * authenticating REST requests</a>.
 */
class LegacyVectorTest {
  private static final String KEY = "AKIAIOSFODNN7EXAMPLE";
  private static final String HOST = "johnsmith.s3.amazonaws.com";

  private static final SignatureSettings SETTINGS =
      new SignatureSettings(
          Optional.empty(),
          List.of(),
          peer -> false,
          1024,
          false,
          true,
          new VirtualHosts(List.of("s3.amazonaws.com")));

  private static Authenticated accepted(String now, Request request) throws IOException {
    Authenticator authenticator =
        new Authenticator(
            TestRequests.knows(KEY, "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
            Clock.fixed(Instant.parse(now), ZoneOffset.UTC),
            SETTINGS);
    Authenticated authenticated = authenticator.authenticate(request, "s3");
    assertThat(authenticated.accessKeyId()).contains(KEY);
    return authenticated;
  }

  private static Request signed(
      String method, String target, String host, String signature, String... more) {
    Request request =
        request(
            method,
            target,
            headers("Host", host, "Authorization", "AWS " + KEY + ":" + signature),
            new byte[0]);
    for (int i = 0; i < more.length; i += 2) {
      request = TestRequests.plus(request, more[i], more[i + 1]);
    }
    return request;
  }

  @Test
  void object_get() throws IOException {
    accepted(
        "2007-03-27T19:36:42Z",
        signed(
            "GET",
            "/photos/puppy.jpg",
            HOST,
            "bWq2s1WEIj+Ydj0vQ697zp+IXMU=",
            "Date",
            "Tue, 27 Mar 2007 19:36:42 +0000"));
  }

  @Test
  void object_put() throws IOException {
    accepted(
        "2007-03-27T21:15:45Z",
        signed(
            "PUT",
            "/photos/puppy.jpg",
            HOST,
            "MyyxeRY7whkBe+bq8fHCL/2kKUg=",
            "Content-Type",
            "image/jpeg",
            "Date",
            "Tue, 27 Mar 2007 21:15:45 +0000"));
  }

  @Test
  void list() throws IOException {
    accepted(
        "2007-03-27T19:42:41Z",
        signed(
            "GET",
            "/?prefix=photos&max-keys=50&marker=puppy",
            HOST,
            "htDYFYduRNen8P9ZfE/s9SuKy0U=",
            "Date",
            "Tue, 27 Mar 2007 19:42:41 +0000"));
  }

  @Test
  void fetch_of_a_sub_resource() throws IOException {
    accepted(
        "2007-03-27T19:44:46Z",
        signed(
            "GET",
            "/?acl",
            HOST,
            "c2WLPFtWHVgbEmeEG93a4cG37dM=",
            "Date",
            "Tue, 27 Mar 2007 19:44:46 +0000"));
  }

  @Test
  void upload_with_metadata() throws IOException {
    accepted(
        "2007-03-27T21:06:08Z",
        signed(
            "PUT",
            "/static.johnsmith.net/db-backup.dat.gz",
            "store.local",
            "ilyl83RwaSoYIEdixDQcA4OnAnc=",
            "Date",
            "Tue, 27 Mar 2007 21:06:08 +0000",
            "x-amz-acl",
            "public-read",
            "content-type",
            "application/x-download",
            "Content-MD5",
            "4gJE4saaMU4BqNR0kLY+lw==",
            "X-Amz-Meta-ReviewedBy",
            "joe@johnsmith.net",
            "X-Amz-Meta-ReviewedBy",
            "jane@johnsmith.net",
            "X-Amz-Meta-FileChecksum",
            "0x02661779",
            "X-Amz-Meta-ChecksumAlgorithm",
            "crc32"));
  }

  @Test
  void list_of_all_buckets() throws IOException {
    accepted(
        "2007-03-28T01:29:59Z",
        signed(
            "GET",
            "/",
            "s3.amazonaws.com",
            "qGdzdERIC03wnaRNKh6OqZehG9s=",
            "Date",
            "Wed, 28 Mar 2007 01:29:59 +0000"));
  }

  @Test
  void unicode_keys() throws IOException {
    accepted(
        "2007-03-28T01:49:49Z",
        signed(
            "GET",
            "/dictionary/fran%C3%A7ais/pr%c3%a9f%c3%a8re",
            "s3.amazonaws.com",
            "DNEZGsoieTZ92F3bUfSPQcbGmlM=",
            "Date",
            "Wed, 28 Mar 2007 01:49:49 +0000"));
  }

  @Test
  void query_string_request() throws IOException {
    accepted(
        "2007-03-29T03:20:19Z",
        request(
            "GET",
            "/photos/puppy.jpg?AWSAccessKeyId="
                + KEY
                + "&Expires=1175139620&Signature=NpgCjnDzrM%2BWFzoENXmpNDUsSn8%3D",
            headers("Host", HOST),
            new byte[0]));
  }
}
