package dev.lakebed.tables.rest;

import static dev.lakebed.tables.rest.TablesError.ACCESS_DENIED;
import static dev.lakebed.tables.rest.TablesError.FORBIDDEN;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Every operation of the S3 Tables API (service model 2018-05-10): how it is asked for, on what,
 * and which error answers a refused permission (AccessDeniedException where the model lists it).
 */
@SuppressWarnings("MissingSummary") // the constants are AWS's operation names
public enum OperationName {
  COMPLETE_TABLE_MIGRATION(
      "POST", "/complete-table-migration", ACCESS_DENIED, ResourceType.ACCOUNT),
  CREATE_NAMESPACE("PUT", "/namespaces/{tableBucketARN}", FORBIDDEN, ResourceType.BUCKET),
  CREATE_TABLE("PUT", "/tables/{tableBucketARN}/{namespace}", FORBIDDEN, ResourceType.BUCKET),
  CREATE_TABLE_BUCKET("PUT", "/buckets", FORBIDDEN, ResourceType.ACCOUNT),
  DELETE_NAMESPACE(
      "DELETE", "/namespaces/{tableBucketARN}/{namespace}", FORBIDDEN, ResourceType.BUCKET),
  DELETE_TABLE(
      "DELETE", "/tables/{tableBucketARN}/{namespace}/{name}", FORBIDDEN, ResourceType.TABLE),
  DELETE_TABLE_BUCKET("DELETE", "/buckets/{tableBucketARN}", FORBIDDEN, ResourceType.BUCKET),
  DELETE_TABLE_BUCKET_ENCRYPTION(
      "DELETE", "/buckets/{tableBucketARN}/encryption", FORBIDDEN, ResourceType.BUCKET),
  DELETE_TABLE_BUCKET_METRICS_CONFIGURATION(
      "DELETE", "/buckets/{tableBucketARN}/metrics", FORBIDDEN, ResourceType.BUCKET),
  DELETE_TABLE_BUCKET_POLICY(
      "DELETE", "/buckets/{tableBucketARN}/policy", FORBIDDEN, ResourceType.BUCKET),
  DELETE_TABLE_BUCKET_REPLICATION(
      "DELETE", "/table-bucket-replication", ACCESS_DENIED, ResourceType.BUCKET),
  DELETE_TABLE_POLICY(
      "DELETE",
      "/tables/{tableBucketARN}/{namespace}/{name}/policy",
      FORBIDDEN,
      ResourceType.TABLE),
  DELETE_TABLE_REPLICATION("DELETE", "/table-replication", ACCESS_DENIED, ResourceType.TABLE_ARN),
  DISASSOCIATE_TABLE_REPLICATION(
      "PUT", "/table-replication/disassociate", ACCESS_DENIED, ResourceType.TABLE_ARN),
  GET_NAMESPACE(
      "GET", "/namespaces/{tableBucketARN}/{namespace}", ACCESS_DENIED, ResourceType.BUCKET),
  GET_TABLE("GET", "/get-table", ACCESS_DENIED, ResourceType.TABLE),
  GET_TABLE_BUCKET("GET", "/buckets/{tableBucketARN}", ACCESS_DENIED, ResourceType.BUCKET),
  GET_TABLE_BUCKET_ENCRYPTION(
      "GET", "/buckets/{tableBucketARN}/encryption", ACCESS_DENIED, ResourceType.BUCKET),
  GET_TABLE_BUCKET_LOGGING(
      "GET", "/buckets/{tableBucketARN}/logging", FORBIDDEN, ResourceType.BUCKET),
  GET_TABLE_BUCKET_MAINTENANCE_CONFIGURATION(
      "GET", "/buckets/{tableBucketARN}/maintenance", FORBIDDEN, ResourceType.BUCKET),
  GET_TABLE_BUCKET_METRICS_CONFIGURATION(
      "GET", "/buckets/{tableBucketARN}/metrics", FORBIDDEN, ResourceType.BUCKET),
  GET_TABLE_BUCKET_POLICY(
      "GET", "/buckets/{tableBucketARN}/policy", FORBIDDEN, ResourceType.BUCKET),
  GET_TABLE_BUCKET_REPLICATION(
      "GET", "/table-bucket-replication", ACCESS_DENIED, ResourceType.BUCKET),
  GET_TABLE_BUCKET_STORAGE_CLASS(
      "GET", "/buckets/{tableBucketARN}/storage-class", ACCESS_DENIED, ResourceType.BUCKET),
  GET_TABLE_ENCRYPTION(
      "GET",
      "/tables/{tableBucketARN}/{namespace}/{name}/encryption",
      ACCESS_DENIED,
      ResourceType.TABLE),
  GET_TABLE_MAINTENANCE_CONFIGURATION(
      "GET",
      "/tables/{tableBucketARN}/{namespace}/{name}/maintenance",
      FORBIDDEN,
      ResourceType.TABLE),
  GET_TABLE_MAINTENANCE_JOB_STATUS(
      "GET",
      "/tables/{tableBucketARN}/{namespace}/{name}/maintenance-job-status",
      FORBIDDEN,
      ResourceType.TABLE),
  GET_TABLE_METADATA_LOCATION(
      "GET",
      "/tables/{tableBucketARN}/{namespace}/{name}/metadata-location",
      FORBIDDEN,
      ResourceType.TABLE),
  GET_TABLE_MIGRATION("GET", "/get-table-migration", ACCESS_DENIED, ResourceType.ACCOUNT),
  GET_TABLE_POLICY(
      "GET", "/tables/{tableBucketARN}/{namespace}/{name}/policy", FORBIDDEN, ResourceType.TABLE),
  GET_TABLE_RECORD_EXPIRATION_CONFIGURATION(
      "GET", "/table-record-expiration", FORBIDDEN, ResourceType.TABLE_ARN),
  GET_TABLE_RECORD_EXPIRATION_JOB_STATUS(
      "GET", "/table-record-expiration-job-status", FORBIDDEN, ResourceType.TABLE_ARN),
  GET_TABLE_REPLICATION("GET", "/table-replication", ACCESS_DENIED, ResourceType.TABLE_ARN),
  GET_TABLE_REPLICATION_STATUS("GET", "/replication-status", FORBIDDEN, ResourceType.TABLE_ARN),
  GET_TABLE_STORAGE_CLASS(
      "GET",
      "/tables/{tableBucketARN}/{namespace}/{name}/storage-class",
      ACCESS_DENIED,
      ResourceType.TABLE),
  LIST_NAMESPACES("GET", "/namespaces/{tableBucketARN}", ACCESS_DENIED, ResourceType.BUCKET),
  LIST_TABLE_BUCKETS("GET", "/buckets", ACCESS_DENIED, ResourceType.ACCOUNT),
  LIST_TABLE_MIGRATIONS("GET", "/list-table-migrations", ACCESS_DENIED, ResourceType.ACCOUNT),
  LIST_TABLES("GET", "/tables/{tableBucketARN}", FORBIDDEN, ResourceType.BUCKET),
  LIST_TAGS_FOR_RESOURCE("GET", "/tag/{resourceArn}", FORBIDDEN, ResourceType.EITHER),
  PUT_TABLE_BUCKET_ENCRYPTION(
      "PUT", "/buckets/{tableBucketARN}/encryption", FORBIDDEN, ResourceType.BUCKET),
  PUT_TABLE_BUCKET_LOGGING(
      "PUT", "/buckets/{tableBucketARN}/logging", FORBIDDEN, ResourceType.BUCKET),
  PUT_TABLE_BUCKET_MAINTENANCE_CONFIGURATION(
      "PUT", "/buckets/{tableBucketARN}/maintenance/{type}", FORBIDDEN, ResourceType.BUCKET),
  PUT_TABLE_BUCKET_METRICS_CONFIGURATION(
      "PUT", "/buckets/{tableBucketARN}/metrics", FORBIDDEN, ResourceType.BUCKET),
  PUT_TABLE_BUCKET_POLICY(
      "PUT", "/buckets/{tableBucketARN}/policy", FORBIDDEN, ResourceType.BUCKET),
  PUT_TABLE_BUCKET_REPLICATION(
      "PUT", "/table-bucket-replication", ACCESS_DENIED, ResourceType.BUCKET),
  PUT_TABLE_BUCKET_STORAGE_CLASS(
      "PUT", "/buckets/{tableBucketARN}/storage-class", FORBIDDEN, ResourceType.BUCKET),
  PUT_TABLE_MAINTENANCE_CONFIGURATION(
      "PUT",
      "/tables/{tableBucketARN}/{namespace}/{name}/maintenance/{type}",
      FORBIDDEN,
      ResourceType.TABLE),
  PUT_TABLE_POLICY(
      "PUT", "/tables/{tableBucketARN}/{namespace}/{name}/policy", FORBIDDEN, ResourceType.TABLE),
  PUT_TABLE_RECORD_EXPIRATION_CONFIGURATION(
      "PUT", "/table-record-expiration", FORBIDDEN, ResourceType.TABLE_ARN),
  PUT_TABLE_REPLICATION("PUT", "/table-replication", ACCESS_DENIED, ResourceType.TABLE_ARN),
  RENAME_TABLE(
      "PUT", "/tables/{tableBucketARN}/{namespace}/{name}/rename", FORBIDDEN, ResourceType.TABLE),
  START_TABLE_MIGRATION("POST", "/start-table-migration", ACCESS_DENIED, ResourceType.ACCOUNT),
  SYNC_TABLE_MIGRATION("POST", "/sync-table-migration", ACCESS_DENIED, ResourceType.ACCOUNT),
  TAG_RESOURCE("POST", "/tag/{resourceArn}", FORBIDDEN, ResourceType.EITHER),
  UNTAG_RESOURCE("DELETE", "/tag/{resourceArn}", FORBIDDEN, ResourceType.EITHER),
  UPDATE_TABLE_METADATA_LOCATION(
      "PUT",
      "/tables/{tableBucketARN}/{namespace}/{name}/metadata-location",
      FORBIDDEN,
      ResourceType.TABLE),
  UPDATE_TABLE_MIGRATION("POST", "/update-table-migration", ACCESS_DENIED, ResourceType.ACCOUNT);

  private static final Map<String, OperationName> BY_API =
      Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(OperationName::api, o -> o));

  private final String method;
  private final String path;
  private final TablesError denied;
  private final ResourceType target;
  private final String api;

  OperationName(String method, String path, TablesError denied, ResourceType target) {
    this.method = method;
    this.path = path;
    this.denied = denied;
    this.target = target;
    this.api =
        Arrays.stream(name().split("_"))
            .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
            .collect(Collectors.joining());
  }

  /** The operation of that name in the API. */
  public static Optional<OperationName> of(String api) {
    return Optional.ofNullable(BY_API.get(api));
  }

  /** Whether it changes nothing. */
  public boolean reads() {
    return method.equals("GET");
  }

  /** Name in the API, for example {@code CreateTable}. */
  public String api() {
    return api;
  }

  /** IAM action, which has the operation's name. */
  public String action() {
    return "s3tables:" + api;
  }

  /** The error that answers a refused permission. */
  public TablesError denied() {
    return denied;
  }

  /** On what it works. */
  public ResourceType target() {
    return target;
  }

  String method() {
    return method;
  }

  String path() {
    return path;
  }

  /** On what an operation works, and so on what it needs permission. */
  public enum ResourceType {
    /** The caller's account. */
    ACCOUNT,
    /** A table bucket, by {@code tableBucketARN}. */
    BUCKET,
    /** A table, by bucket, namespace and name. */
    TABLE,
    /** A table, by {@code tableArn}. */
    TABLE_ARN,
    /** A table bucket or table, by {@code resourceArn}. */
    EITHER
  }
}
