package dev.lakebed.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.support.Evidence;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * The condition key {@code s3:TlsVersion} with the protocol that a connection really has (AWS,
 * "Amazon S3 condition key examples": a number, absent without TLS).
 */
@Evidence("contract-5.4")
@AcceptanceTest
class TlsVersionIT {
  private static final Map<String, String> CONDITIONS =
      Map.of(
          "old", "\"NumericLessThan\":{\"s3:TlsVersion\":1.3}",
          "new", "\"NumericGreaterThanEquals\":{\"s3:TlsVersion\":\"1.3\"}",
          "none", "\"Null\":{\"s3:TlsVersion\":\"true\"}",
          "exact", "\"StringEquals\":{\"s3:TlsVersion\":\"1.2\"}");

  private final String name = "tls-" + UUID.randomUUID().toString().substring(0, 8);

  @ParameterizedTest
  @CsvSource({
    "TLSv1.2, old, 403",
    "TLSv1.2, new, 200",
    "TLSv1.2, none, 200",
    "TLSv1.2, exact, 403",
    "TLSv1.3, old, 200",
    "TLSv1.3, new, 403",
    "TLSv1.3, none, 200",
    "TLSv1.3, exact, 200",
    "plain, old, 200",
    "plain, new, 200",
    "plain, none, 403"
  })
  void a_deny_binds_on_the_version_that_the_connection_has(
      String protocol, String condition, int status) throws Exception {
    Endpoint endpoint = protocol.equals("plain") ? Endpoint.deployed() : Endpoint.deployedTls();
    try (IamClient iam = endpoint.iam(Keys.ADMIN);
        S3Client admin = endpoint.s3(Keys.ADMIN)) {
      admin.createBucket(create -> create.bucket(name));
      admin.putObject(put -> put.bucket(name).key("k"), RequestBody.fromString("x"));
      iam.createUser(create -> create.userName(name));
      iam.putUserPolicy(
          put ->
              put.userName(name)
                  .policyName("p")
                  .policyDocument(
                      """
                      {"Version":"2012-10-17","Statement":[
                       {"Effect":"Allow","Action":"s3:GetObject","Resource":"*"},
                       {"Effect":"Deny","Action":"s3:GetObject","Resource":"*",
                        "Condition":{%s}}]}\
                      """
                          .formatted(CONDITIONS.get(condition))));
      AccessKey key = iam.createAccessKey(create -> create.userName(name)).accessKey();
      assertThat(get(endpoint, key, protocol)).isEqualTo(status);
      iam.deleteAccessKey(delete -> delete.userName(name).accessKeyId(key.accessKeyId()));
      iam.deleteUserPolicy(delete -> delete.userName(name).policyName("p"));
      iam.deleteUser(delete -> delete.userName(name));
    }
  }

  private int get(Endpoint endpoint, AccessKey key, String protocol)
      throws GeneralSecurityException, IOException, InterruptedException {
    try (S3Presigner presigner =
            S3Presigner.builder()
                .endpointOverride(endpoint.uri())
                .serviceConfiguration(
                    S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .region(Region.US_EAST_1)
                .credentialsProvider(
                    StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey())))
                .build();
        HttpClient http = client(protocol)) {
      URI url =
          URI.create(
              presigner
                  .presignGetObject(
                      presign ->
                          presign
                              .signatureDuration(Duration.ofMinutes(5))
                              .getObjectRequest(get -> get.bucket(name).key("k")))
                  .url()
                  .toString());
      HttpResponse<Void> answer =
          http.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.discarding());
      assertThat(answer.sslSession().map(session -> session.getProtocol()).orElse("plain"))
          .isEqualTo(protocol);
      return answer.statusCode();
    }
  }

  private static HttpClient client(String protocol) throws GeneralSecurityException {
    HttpClient.Builder client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
    if (protocol.equals("plain")) {
      return client.build();
    }
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, PrivateTrust.managers(), null);
    SSLParameters parameters = new SSLParameters();
    parameters.setProtocols(new String[] {protocol});
    return client.sslContext(context).sslParameters(parameters).build();
  }
}
