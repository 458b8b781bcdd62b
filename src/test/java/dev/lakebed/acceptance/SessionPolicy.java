package dev.lakebed.acceptance;

/** The session policies that Lakekeeper sends, byte for byte. */
final class SessionPolicy {
  private static final String READ = "\"s3:GetObject\",\"s3:GetObjectVersion\"";

  private SessionPolicy() {}

  static String readWriteDelete(String bucket, String table) {
    return document(
        READ
            + ",\"s3:PutObject\",\"s3:DeleteObject\",\"s3:AbortMultipartUpload\""
            + ",\"s3:ListMultipartUploadParts\"",
        bucket,
        table);
  }

  static String readWrite(String bucket, String table) {
    return document(
        READ + ",\"s3:PutObject\",\"s3:AbortMultipartUpload\",\"s3:ListMultipartUploadParts\"",
        bucket,
        table);
  }

  static String read(String bucket, String table) {
    return document(READ, bucket, table);
  }

  private static String document(String actions, String bucket, String table) {
    String key = table.replaceAll("[*?$]", "\\${$0}");
    return """
    {"Version":"2012-10-17","Statement":[\
    {"Sid":"TableAccess","Effect":"Allow","Action":[ACTIONS],\
    "Resource":"arn:aws:s3:::BUCKET/KEY/*"},\
    {"Sid":"ListBucketForFolder","Effect":"Allow","Action":"s3:ListBucket",\
    "Resource":"arn:aws:s3:::BUCKET",\
    "Condition":{"StringLike":{"s3:prefix":"KEY/*"}}},\
    {"Sid":"GetBucketLocation","Effect":"Allow","Action":"s3:GetBucketLocation",\
    "Resource":"arn:aws:s3:::BUCKET"}]}\
    """
        .replace("ACTIONS", actions)
        .replace("BUCKET", bucket)
        .replace("KEY", key);
  }
}
