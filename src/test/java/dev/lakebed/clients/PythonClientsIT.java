package dev.lakebed.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lakebed.clients.SharedServer.Endpoints;
import dev.lakebed.support.Evidence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The scripts of {@code src/test/python}, when their clients are installed. Expectations are in the
 * scripts: what the clients' own models of the AWS APIs read.
 */
@ExtendWith(SharedServer.class)
class PythonClientsIT {
  private static final Path SCRIPTS = Path.of("src/test/python").toAbsolutePath();

  @TempDir Path scratch;

  @ParameterizedTest
  @CsvSource({
    "boto3_flow.py,52",
    "boto3_iam.py,20",
    "boto3_sts.py,8",
    "boto3_model.py,5",
    "boto3_s3_model.py,2",
    "sigv2_clients.py,15"
  })
  @Evidence({"rule-25", "rule-26", "rule-29"})
  void boto3_runs_its_script_over_http_and_https(String script, int tests, Endpoints server)
      throws IOException, InterruptedException {
    assumeTrue(
        Program.works(scratch, "python3", "-c", "import boto3; boto3.client('s3tables')"),
        "skipped: no python3 with a boto3 that knows s3tables is installed");
    Program.Outcome flow =
        Program.run(
            scratch,
            Map.of(
                "LAKEBED_HTTP", server.http().toString(),
                "LAKEBED_HTTPS", server.https().toString(),
                "LAKEBED_SCRATCH", scratch.toString(),
                "LAKEBED_DOCS", Path.of("docs").toAbsolutePath().toString(),
                "PYTHONDONTWRITEBYTECODE", "1",
                "AWS_CA_BUNDLE", server.authority().toString()),
            "python3",
            "-W",
            "ignore",
            SCRIPTS.resolve(script).toString());
    assertThat(flow.code()).as(flow.output()).isZero();
    assertThat(flow.output()).contains("Ran " + tests + " tests").doesNotContain("skipped");
  }

  @ParameterizedTest
  @CsvSource({"aws_cli_flow.sh,http", "aws_cli_flow.sh,https", "aws_cli_iam.sh,http"})
  void the_aws_command_runs_its_script(String script, String scheme, Endpoints server)
      throws IOException, InterruptedException {
    assumeTrue(
        Program.works(scratch, "bash", "-c", "aws s3tables list-tables help > /dev/null"),
        "skipped: no aws command that knows s3tables is installed");
    Program.Outcome flow =
        Program.run(
            scratch,
            Map.of(
                "LAKEBED_ENDPOINT",
                (scheme.equals("http") ? server.http() : server.https()).toString(),
                "LAKEBED_SCRATCH",
                scratch.toString(),
                "AWS_CA_BUNDLE",
                server.authority().toString()),
            SCRIPTS.resolve(script).toString());
    assertThat(flow.code()).as(flow.output()).isZero();
    assertThat(flow.output()).endsWith("-- done\n");
  }
}
