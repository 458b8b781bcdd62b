package dev.lakebed.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3tables.S3TablesClient;
import software.amazon.awssdk.services.s3tables.model.OpenTableFormat;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;

/**
 * What Lakekeeper and its engines do with a store, from the vended session to the last delete, by
 * the AWS SDK for Java. It knows nothing of how the server was started; the configuration must be
 * {@code config/seed.json}.
 */
public final class LakekeeperFlow {
  private static final String KEY = "ns/table/data/part.parquet";
  private static final int PART = 5 * 1024 * 1024;
  private static final int LAST_PART = 1024 * 1024;

  private final Endpoint endpoint;
  private final String suffix = UUID.randomUUID().toString().substring(0, 8);

  private LakekeeperFlow(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  /** Runs the whole flow; any answer other than the promised one is an AssertionError. */
  public static void run(URI endpoint) {
    LakekeeperFlow flow = new LakekeeperFlow(new Endpoint(endpoint));
    AwsSessionCredentials session = flow.assumeRole();
    flow.generalBucket(session);
    flow.tableBucket(session);
  }

  private AwsSessionCredentials assumeRole() {
    try (StsClient sts = endpoint.sts(Keys.ADMIN)) {
      AssumeRoleResponse answer =
          sts.assumeRole(
              AssumeRoleRequest.builder()
                  .roleArn(Keys.VENDED_ROLE)
                  .roleSessionName("lakekeeper-session")
                  .build());
      assertThat(answer.assumedRoleUser().arn())
          .isEqualTo(
              "arn:aws:sts::000000000000:assumed-role/LakekeeperVendedRole/lakekeeper-session");
      assertThat(answer.credentials().accessKeyId()).matches("ASIA[A-Z0-9]{16}");
      return Keys.of(answer.credentials());
    }
  }

  private void generalBucket(AwsSessionCredentials session) {
    String bucket = "flow-" + suffix;
    try (S3Client s3 = endpoint.s3(session)) {
      s3.createBucket(create -> create.bucket(bucket));
      assertThat(s3.listBuckets().buckets()).extracting(Bucket::name).contains(bucket);
      s3.deleteBucket(delete -> delete.bucket(bucket));
      assertThat(s3.listBuckets().buckets()).extracting(Bucket::name).doesNotContain(bucket);
    }
  }

  private void tableBucket(AwsSessionCredentials session) {
    String bucket = "tables-" + suffix;
    try (S3TablesClient tables = endpoint.tables(session);
        S3Client s3 = endpoint.s3(session)) {
      String arn = ok(tables.createTableBucket(create -> create.name(bucket))).arn();
      assertThat(arn).isEqualTo("arn:aws:s3tables:us-east-1:000000000000:bucket/" + bucket);
      ok(tables.createNamespace(create -> create.tableBucketARN(arn).namespace("ns")));
      String token =
          ok(tables.createTable(
                  create ->
                      create
                          .tableBucketARN(arn)
                          .namespace("ns")
                          .name("table")
                          .format(OpenTableFormat.ICEBERG)))
              .versionToken();
      assertThat(ok(tables.listTables(list -> list.tableBucketARN(arn))).tables())
          .extracting(table -> table.namespace().getFirst() + "." + table.name())
          .containsExactly("ns.table");
      uploadInParts(s3, bucket);
      assertThat(s3.headObject(head -> head.bucket(bucket).key(KEY)).contentLength())
          .isEqualTo(PART + LAST_PART);
      s3.deleteObject(delete -> delete.bucket(bucket).key(KEY));
      ok(
          tables.deleteTable(
              delete ->
                  delete.tableBucketARN(arn).namespace("ns").name("table").versionToken(token)));
      ok(tables.deleteNamespace(delete -> delete.tableBucketARN(arn).namespace("ns")));
      ok(tables.deleteTableBucket(delete -> delete.tableBucketARN(arn)));
      assertThat(ok(tables.listTableBuckets(list -> list.prefix(bucket))).tableBuckets()).isEmpty();
    }
  }

  private static void uploadInParts(S3Client s3, String bucket) {
    String upload = s3.createMultipartUpload(create -> create.bucket(bucket).key(KEY)).uploadId();
    CompletedPart first = part(s3, bucket, upload, 1, PART);
    CompletedPart last = part(s3, bucket, upload, 2, LAST_PART);
    String tag =
        s3.completeMultipartUpload(
                complete ->
                    complete
                        .bucket(bucket)
                        .key(KEY)
                        .uploadId(upload)
                        .multipartUpload(parts -> parts.parts(List.of(first, last))))
            .eTag();
    assertThat(tag).endsWith("-2\"");
  }

  private static CompletedPart part(
      S3Client s3, String bucket, String upload, int number, int size) {
    String tag =
        s3.uploadPart(
                part -> part.bucket(bucket).key(KEY).uploadId(upload).partNumber(number),
                RequestBody.fromBytes(new byte[size]))
            .eTag();
    return CompletedPart.builder().partNumber(number).eTag(tag).build();
  }

  /** The seed's client takes nothing but 200 from S3 Tables, also where AWS says 204. */
  private static <R extends SdkResponse> R ok(R response) {
    SdkHttpResponse http = response.sdkHttpResponse();
    assertThat(http.statusCode()).isEqualTo(200);
    return response;
  }
}
