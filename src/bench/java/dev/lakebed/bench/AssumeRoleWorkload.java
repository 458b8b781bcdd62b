package dev.lakebed.bench;

import java.io.IOException;
import java.util.Optional;

/**
 * STS AssumeRole as a catalog sends it: a form POST with a session policy of 2 KB, with or without
 * RoleArn.
 */
final class AssumeRoleWorkload implements Workload {
  static final int POLICY_LENGTH = 2048;

  private final Outgoing request;

  AssumeRoleWorkload(Optional<String> roleArn, String bucket) {
    StringBuilder form = new StringBuilder("Action=AssumeRole&Version=2011-06-15");
    form.append("&RoleSessionName=lakebed-bench&DurationSeconds=3600&Policy=");
    form.append(ListWorkload.encode(policy(bucket)));
    roleArn.ifPresent(arn -> form.append("&RoleArn=").append(ListWorkload.encode(arn)));
    this.request = Outgoing.form(Service.STS, form.toString());
  }

  /** A catalog's vending policy, with a table path long enough to reach 2048 characters. */
  static String policy(String bucket) {
    return template(bucket).replace("KEY", tablePath(bucket));
  }

  /** The table path, without a slash at either end, that {@link #policy} lets in. */
  static String tablePath(String bucket) {
    int length = (POLICY_LENGTH - template(bucket).length()) / 2 + "KEY".length();
    return "table-".repeat(length / 6 + 1).substring(0, length);
  }

  private static String template(String bucket) {
    String template =
        """
        {"Version":"2012-10-17","Statement":[\
        {"Sid":"TableAccess","Effect":"Allow","Action":["s3:GetObject","s3:GetObjectVersion",\
        "s3:PutObject","s3:DeleteObject","s3:AbortMultipartUpload","s3:ListMultipartUploadParts"],\
        "Resource":"arn:aws:s3:::BUCKET/KEY/*"},\
        {"Sid":"ListBucketForFolder","Effect":"Allow","Action":"s3:ListBucket",\
        "Resource":"arn:aws:s3:::BUCKET","Condition":{"StringLike":{"s3:prefix":"KEY/*"}}},\
        {"Sid":"GetBucketLocation","Effect":"Allow","Action":"s3:GetBucketLocation",\
        "Resource":"arn:aws:s3:::BUCKET"}]}\
        """;
    return template.replace("BUCKET", bucket);
  }

  @Override
  public String operation() {
    return Operation.ASSUME_ROLE.name();
  }

  @Override
  public int size() {
    return 0;
  }

  @Override
  public void prepare(Endpoint endpoint, int workers) {}

  @Override
  public Task task(int worker, int workers) {
    return client -> {
      if (!client.text(request).contains("<SessionToken>")) {
        throw new IOException("no SessionToken in the answer");
      }
      return 0;
    };
  }

  @Override
  public void cleanUp(Endpoint endpoint) {}
}
