package dev.lakebed.auth;

import java.util.List;
import java.util.stream.Stream;

/**
 * Every condition key that this server supplies, in AWS's spelling; keys compare without case. Keys
 * that end in a slash are families, completed by the key of a tag.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html">AWS
 *     global condition keys</a>
 */
public final class ConditionKeys {
  /** Of every request. */
  public static final List<String> GLOBAL =
      List.of(
          "aws:CurrentTime",
          "aws:EpochTime",
          "aws:MultiFactorAuthPresent",
          "aws:PrincipalAccount",
          "aws:PrincipalArn",
          "aws:PrincipalIsAWSService",
          "aws:PrincipalTag/",
          "aws:PrincipalType",
          "aws:Referer",
          "aws:RequestTag/",
          "aws:RequestedRegion",
          "aws:ResourceAccount",
          "aws:ResourceTag/",
          "aws:SecureTransport",
          "aws:SourceIdentity",
          "aws:SourceIp",
          "aws:TagKeys",
          "aws:TokenIssueTime",
          "aws:UserAgent",
          "aws:ViaAWSService",
          "aws:userid",
          "aws:username");

  /** Of requests to S3. */
  public static final List<String> S3 =
      List.of(
          "s3:BucketTag/",
          "s3:ExistingObjectTag/",
          "s3:LocationConstraint",
          "s3:ObjectCreationOperation",
          "s3:RequestObjectTag/",
          "s3:RequestObjectTagKeys",
          "s3:ResourceAccount",
          "s3:TlsVersion",
          "s3:VersionId",
          "s3:authType",
          "s3:delimiter",
          "s3:if-match",
          "s3:if-none-match",
          "s3:max-keys",
          "s3:object-lock-legal-hold",
          "s3:object-lock-mode",
          "s3:object-lock-remaining-retention-days",
          "s3:object-lock-retain-until-date",
          "s3:prefix",
          "s3:signatureAge",
          "s3:signatureversion",
          "s3:x-amz-acl",
          "s3:x-amz-content-sha256",
          "s3:x-amz-copy-source",
          "s3:x-amz-grant-full-control",
          "s3:x-amz-grant-read",
          "s3:x-amz-grant-read-acp",
          "s3:x-amz-grant-write",
          "s3:x-amz-grant-write-acp",
          "s3:x-amz-metadata-directive",
          "s3:x-amz-object-ownership",
          "s3:x-amz-server-side-encryption",
          "s3:x-amz-server-side-encryption-aws-kms-key-id",
          "s3:x-amz-server-side-encryption-customer-algorithm",
          "s3:x-amz-storage-class",
          "s3:x-amz-website-redirect-location");

  /** Of requests to STS. */
  public static final List<String> STS =
      List.of(
          "sts:DurationSeconds",
          "sts:ExternalId",
          "sts:IdentityTokenAudience",
          "sts:RoleSessionName",
          "sts:SigningAlgorithm",
          "sts:SourceIdentity",
          "sts:TransitiveTagKeys");

  /** Of requests to S3 Tables. */
  public static final List<String> S3TABLES =
      List.of(
          "s3tables:KMSKeyArn",
          "s3tables:SSEAlgorithm",
          "s3tables:StorageClass",
          "s3tables:TableBucketTag/",
          "s3tables:namespace",
          "s3tables:tableName");

  /** Of requests to IAM, and of a role that is to be assumed. */
  public static final List<String> IAM =
      List.of(
          "iam:PassedToService", "iam:PermissionsBoundary", "iam:PolicyARN", "iam:ResourceTag/");

  /** All of them. */
  public static final List<String> ALL =
      Stream.of(GLOBAL, S3, STS, S3TABLES, IAM).flatMap(List::stream).toList();

  private ConditionKeys() {}
}
