package dev.lakebed.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.acceptance.Wire.Reply;
import dev.lakebed.support.Evidence;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/** The flow of the page that the product was asked for from, by SDK and verbatim. */
@AcceptanceTest
class LakekeeperFlowIT {
  @Test
  void the_flow_runs_with_the_clients_of_the_sdk(Endpoint endpoint) {
    LakekeeperFlow.run(endpoint.uri());
  }

  @Test
  @Evidence("catalog-K3")
  void the_requests_of_the_page_verbatim_with_the_key_of_the_admin(Endpoint endpoint) {
    tableRequests(endpoint, Keys.ADMIN);
  }

  @Test
  @Evidence({"catalog-A2", "catalog-K3"})
  void the_requests_of_the_page_verbatim_with_the_vended_session(Endpoint endpoint) {
    Reply answer =
        Wire.of(endpoint, Keys.ADMIN, "sts")
            .send(
                "POST",
                "/?Action=AssumeRole"
                    + "&RoleArn=arn:aws:iam::000000000000:role/LakekeeperVendedRole"
                    + "&RoleSessionName=lakekeeper-session"
                    + "&Version=2011-06-15",
                Map.of(),
                new byte[0]);
    assertThat(answer.outcome()).isEqualTo("200");
    tableRequests(
        endpoint,
        AwsSessionCredentials.create(
            answer.element("AccessKeyId"),
            answer.element("SecretAccessKey"),
            answer.element("SessionToken")));
  }

  private static void tableRequests(Endpoint endpoint, AwsCredentials keys) {
    Wire tables = Wire.of(endpoint, keys, "s3tables");
    String bucket = "iceberg-tables-" + UUID.randomUUID().toString().substring(0, 8);
    String arn = "arn:aws:s3tables:us-east-1:000000000000:bucket%2F" + bucket;
    json(tables, "PUT", "/buckets", "{\"name\": \"" + bucket + "\"}");
    json(tables, "PUT", "/namespaces/" + arn, "{\"namespace\": [\"my_namespace\"]}");
    json(
        tables,
        "PUT",
        "/tables/" + arn + "/my_namespace",
        "{\"name\": \"my_table\", \"format\": \"ICEBERG\"}");
    assertThat(json(tables, "GET", "/tables/" + arn, "").text()).contains("\"my_table\"");
    json(tables, "DELETE", "/tables/" + arn + "/my_namespace/my_table", "");
    json(tables, "DELETE", "/namespaces/" + arn + "/my_namespace", "");
    json(tables, "DELETE", "/buckets/" + arn, "");
  }

  private static Reply json(Wire tables, String method, String target, String body) {
    Reply reply =
        tables.send(
            method,
            target,
            Map.of("Content-Type", "application/x-amz-json-1.1"),
            body.getBytes(StandardCharsets.UTF_8));
    assertThat(reply.status()).as("%s %s: %s", method, target, reply.text()).isEqualTo(200);
    return reply;
  }
}
