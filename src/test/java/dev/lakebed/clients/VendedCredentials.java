package dev.lakebed.clients;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.aws.s3.S3FileIOProperties;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.Credentials;

/**
 * Credentials as Lakekeeper vends them, and the Iceberg properties that carry them. Iceberg makes
 * it by name ({@code client.credentials-provider}).
 */
public final class VendedCredentials implements AwsCredentialsProvider {
  static final StaticCredentialsProvider ADMIN =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("admin", "admin"));
  private static final String ROLE = "arn:aws:iam::000000000000:role/LakekeeperVendedRole";

  /** The session policy that Lakekeeper 0.9 sends for level ReadWriteDelete. */
  private static final String POLICY =
      """
      {"Version":"2012-10-17","Statement":[\
      {"Sid":"TableAccess","Effect":"Allow","Action":["s3:GetObject","s3:GetObjectVersion",\
      "s3:PutObject","s3:DeleteObject","s3:AbortMultipartUpload","s3:ListMultipartUploadParts"],\
      "Resource":"arn:aws:s3:::B/K/*"},\
      {"Sid":"ListBucketForFolder","Effect":"Allow","Action":"s3:ListBucket",\
      "Resource":"arn:aws:s3:::B","Condition":{"StringLike":{"s3:prefix":"K/*"}}},\
      {"Sid":"GetBucketLocation","Effect":"Allow","Action":"s3:GetBucketLocation",\
      "Resource":"arn:aws:s3:::B"}]}\
      """;

  private final AwsCredentials credentials;

  private VendedCredentials(AwsCredentials credentials) {
    this.credentials = credentials;
  }

  /** Called by the S3 Tables catalog with the properties below the provider's name. */
  public static VendedCredentials create(Map<String, String> properties) {
    return new VendedCredentials(
        AwsSessionCredentials.create(
            properties.get("id"), properties.get("secret"), properties.get("token")));
  }

  @Override
  public AwsCredentials resolveCredentials() {
    return credentials;
  }

  /** Properties of a session that is bound to one table's key prefix. */
  static Map<String, String> forTable(URI endpoint, String bucket, String key) {
    String policy = POLICY.replace(":::B", ":::" + bucket).replace("K/*", key + "/*");
    return properties(endpoint, assume(endpoint, request -> request.policy(policy)));
  }

  /** Properties of a session with all that the role allows. */
  static Map<String, String> forRole(URI endpoint) {
    return properties(endpoint, assume(endpoint, request -> {}));
  }

  private static Credentials assume(
      URI endpoint, java.util.function.Consumer<AssumeRoleRequest.Builder> more) {
    try (StsClient sts =
        StsClient.builder()
            .endpointOverride(endpoint)
            .region(Region.US_EAST_1)
            .credentialsProvider(ADMIN)
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build()) {
      return sts.assumeRole(
              request -> {
                request.roleArn(ROLE).roleSessionName("iceberg");
                more.accept(request);
              })
          .credentials();
    }
  }

  private static Map<String, String> properties(URI endpoint, Credentials given) {
    Map<String, String> properties = new HashMap<>();
    properties.put("client.region", "us-east-1");
    properties.put(S3FileIOProperties.ENDPOINT, endpoint.toString());
    properties.put(S3FileIOProperties.PATH_STYLE_ACCESS, "true");
    properties.put(S3FileIOProperties.ACCESS_KEY_ID, given.accessKeyId());
    properties.put(S3FileIOProperties.SECRET_ACCESS_KEY, given.secretAccessKey());
    properties.put(S3FileIOProperties.SESSION_TOKEN, given.sessionToken());
    String provider = "client.credentials-provider";
    properties.put(provider, VendedCredentials.class.getName());
    properties.put(provider + ".id", given.accessKeyId());
    properties.put(provider + ".secret", given.secretAccessKey());
    properties.put(provider + ".token", given.sessionToken());
    return properties;
  }
}
