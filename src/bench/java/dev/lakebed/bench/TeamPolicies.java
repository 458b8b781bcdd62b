package dev.lakebed.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * Managed policies as teams write them: several statements, wildcards, a variable, conditions on
 * prefix, address, time and tag, a Deny. Each is about one bucket.
 */
final class TeamPolicies {
  private static final String DOCUMENT =
      """
      {"Version":"2012-10-17","Statement":[\
      {"Sid":"ListHome","Effect":"Allow","Action":["s3:ListBucket","s3:ListBucketVersions"],\
      "Resource":"arn:aws:s3:::BUCKET",\
      "Condition":{"StringLike":{"s3:prefix":["","home/${aws:username}/*","shared/*"]}}},\
      {"Sid":"Home","Effect":"Allow",\
      "Action":["s3:GetObject*","s3:PutObject*","s3:DeleteObject*","s3:AbortMultipartUpload"],\
      "Resource":"arn:aws:s3:::BUCKET/home/${aws:username}/*"},\
      {"Sid":"Tables","Effect":"Allow","Action":["s3tables:GetTable*","s3tables:ListTables"],\
      "Resource":"arn:aws:s3tables:*:*:bucket/BUCKET*"},\
      {"Sid":"Writer","Effect":"Allow","Action":"sts:AssumeRole",\
      "Resource":"arn:aws:iam::*:role/BUCKET-*"},\
      {"Sid":"KeepArchive","Effect":"Deny","Action":["s3:PutObject*","s3:DeleteObject*"],\
      "Resource":"arn:aws:s3:::BUCKET/archive/*",\
      "Condition":{"StringNotEquals":{"aws:PrincipalTag/duty":"archivist"}}},\
      {"Sid":"Read","Effect":"Allow","Action":["s3:Get*","s3:List*"],\
      "Resource":["arn:aws:s3:::BUCKET","arn:aws:s3:::BUCKET/*"],\
      "Condition":{"IpAddress":{"aws:SourceIp":["10.0.0.0/8","127.0.0.0/8"]},\
      "DateGreaterThan":{"aws:CurrentTime":"2024-01-01T00:00:00Z"}}}]}\
      """;

  private TeamPolicies() {}

  /**
   * The policies of a principal. None but the last says anything about {@code bucket}, and of that
   * one the last statement lets its objects be read.
   */
  static List<String> documents(int count, String bucket) {
    List<String> documents = new ArrayList<>();
    for (int team = 1; team < count; team++) {
      documents.add(document("team-%03d-data".formatted(team)));
    }
    documents.add(document(bucket));
    return documents;
  }

  static String document(String bucket) {
    return DOCUMENT.replace("BUCKET", bucket);
  }
}
