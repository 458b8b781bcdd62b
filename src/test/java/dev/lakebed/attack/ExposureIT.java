package dev.lakebed.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.kit.Answer;
import dev.lakebed.kit.Keys;
import dev.lakebed.kit.Message;
import dev.lakebed.kit.Signing;
import dev.lakebed.support.Evidence;
import dev.lakebed.support.LakebedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Administration, keys that everybody knows, and secrets in logs. */
class ExposureIT {
  @RegisterExtension private final Attack attack = new Attack();

  /** What is no route of the server's own is a bucket or key, as it would be on AWS. */
  @ParameterizedTest
  @CsvSource({
    "/-/admin,404,405 MethodNotAllowed,400 InvalidBucketName",
    "/-/debug,404,405 MethodNotAllowed,400 InvalidBucketName",
    "/-/config,404,405 MethodNotAllowed,400 InvalidBucketName",
    "/-/metrics/,404,405 MethodNotAllowed,400 InvalidBucketName",
    "/admin/v1/info,404 NoSuchBucket,405 MethodNotAllowed,404 NoSuchBucket",
    "/rpc,404 NoSuchBucket,405 MethodNotAllowed,403 AccessDenied",
    "/management/domain,404 NoSuchBucket,405 MethodNotAllowed,404 NoSuchBucket",
    "/asadmin,404 NoSuchBucket,405 MethodNotAllowed,403 AccessDenied",
    "/__asadmin/version,400 InvalidBucketName,405 MethodNotAllowed,400 InvalidBucketName",
    "/heapdump,404 NoSuchBucket,405 MethodNotAllowed,403 AccessDenied"
  })
  @Evidence("attack-66")
  void there_is_no_administration_without_a_signature(
      String path, String get, String post, String put) throws IOException {
    assertThat(List.of(unsigned("GET", path), unsigned("POST", path), unsigned("PUT", path)))
        .containsExactly(get, post, put);
  }

  private String unsigned(String method, String path) throws IOException {
    Answer reply = attack.send(attack.message(method, path).header("Content-Length", "0"));
    assertThat(reply.text()).doesNotContain(attack.target().data().toString());
    return (reply.status() + " " + reply.code()).strip();
  }

  /** Payara's own lines say nothing to whoever starts a store. */
  @Test
  void start_is_told_in_a_few_lines_of_which_the_last_says_ready_and_where() throws IOException {
    List<String> lines =
        attack.target().process().output().lines().filter(line -> !line.contains("/-/")).toList();
    String ready = "Ready: S3, STS, IAM and S3 Tables at http://127.0.0.1:";
    assertThat(lines).anyMatch(line -> line.contains(ready));
    assertThat(lines.stream().takeWhile(line -> !line.contains(ready)).toList())
        .hasSizeLessThan(15)
        .noneMatch(
            line ->
                line.contains("JDBC driver")
                    || line.contains("Session Management")
                    || line.contains("virtual server")
                    || line.contains("HTTP listener"));
  }

  @Test
  void only_a_browser_at_the_root_gets_a_page() throws IOException {
    Answer page = attack.send(attack.message("GET", "/").header("Accept", "text/html,*/*;q=0.8"));
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("content-type")).isEqualTo("text/html; charset=utf-8");
    assertThat(page.header("content-security-policy")).startsWith("default-src 'none';");
    assertThat(page.text()).contains("<h1>Lakebed</h1>").doesNotContain(Users.OWNER.access());
    Message root = attack.message("GET", "/");
    attack.refused(attack.send(root), 403, "AccessDenied");
    Message bucket =
        root.replace("Host", "attacked.localhost:" + attack.endpoint().getPort())
            .header("Accept", "text/html");
    attack.refused(attack.send(bucket), 403, "AccessDenied");
  }

  @Test
  @Evidence("attack-65")
  void metrics_count_operations_errors_commits_and_database_time_but_show_no_names()
      throws IOException {
    attack.store("/attacked/metrics-object", "x");
    attack.refused(attack.get("/attacked/metrics-missing"), 404, "NoSuchKey");
    String page = attack.send(attack.message("GET", "/-/metrics")).text();
    assertThat(page)
        .contains(
            "lakebed_requests_total{operation=\"PutObject\",protocol=\"S3\",status=\"200\"}",
            "lakebed_errors_total{code=\"NoSuchKey\",operation=\"GetObject\",protocol=\"S3\"}",
            "lakebed_request_seconds_bucket",
            "lakebed_received_bytes_total",
            "lakebed_sent_bytes_total")
        .containsPattern("lakebed_commit_groups_total [1-9]")
        .containsPattern("lakebed_commit_records_total [1-9]")
        .containsPattern("lakebed_database_operations_total [1-9]")
        .containsPattern("lakebed_database_seconds_total [0-9.E-]*[1-9]")
        .doesNotContain("metrics-object", "attacked", Users.OWNER.access());
  }

  @Test
  @Evidence("attack-67")
  void weak_keys_are_refused_in_strict_mode(@TempDir Path data) throws Exception {
    Path output = data.resolve("out.txt");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of("lakebed").toAbsolutePath().toString(),
            "serve",
            "--data",
            data.resolve("d").toString(),
            "--bind",
            "0.0.0.0",
            "--port",
            Integer.toString(LakebedProcess.freePort()),
            "--iceberg-port",
            Integer.toString(LakebedProcess.freePort()),
            "--config",
            Path.of("src/test/resources/config/seed.json").toAbsolutePath().toString());
    builder.environment().put("LAKEBED_JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("LAKEBED_STRICT", "true");
    Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    try {
      assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(2);
      assertThat(Files.readString(output))
          .contains("lakebed: Strict mode: access key admin: its secret equals its id");
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  @Evidence("attack-68")
  void no_secret_or_token_is_logged() throws IOException {
    Keys session = attack.session("");
    Message presigned = Signing.s3(session).presign(attack.message("GET", "/attacked/row68"), "60");
    assertThat(attack.send(presigned).status()).isEqualTo(404);
    attack.send(
        Signing.s3(session.withToken("x" + session.token().orElseThrow()))
            .sign(attack.message("GET", "/attacked/row68")));
    attack.send(
        attack.message(
            "GET", "/attacked/row68%zz?X-Amz-Security-Token=" + session.token().orElseThrow()));
    List<String> leaks = attack.target().leaks();
    assertThat(leaks).isEmpty();
    assertThat(attack.target().process().output()).contains("GetObject");
  }
}
