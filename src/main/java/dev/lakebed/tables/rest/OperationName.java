package dev.lakebed.tables.rest;

import static dev.lakebed.tables.rest.OperationName.ResourceType.ACCOUNT;
import static dev.lakebed.tables.rest.OperationName.ResourceType.BUCKET;
import static dev.lakebed.tables.rest.OperationName.ResourceType.EITHER;
import static dev.lakebed.tables.rest.OperationName.ResourceType.TABLE;
import static dev.lakebed.tables.rest.OperationName.ResourceType.TABLE_ARN;
import static dev.lakebed.tables.rest.TablesError.ACCESS_DENIED;
import static dev.lakebed.tables.rest.TablesError.FORBIDDEN;

import dev.lakebed.operation.Operation;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Every operation of the S3 Tables API (service model 2018-05-10): how it is asked for, on what,
 * and which error answers a refused permission: ForbiddenException, or AccessDeniedException where
 * the model lists it.
 */
@SuppressWarnings("MissingSummary") // the constants are AWS's operation names
public enum OperationName {
  COMPLETE_TABLE_MIGRATION("POST", "/complete-table-migration", ACCESS_DENIED, ACCOUNT),
  CREATE_NAMESPACE("PUT", "/namespaces/{tableBucketARN}", BUCKET),
  CREATE_TABLE("PUT", "/tables/{tableBucketARN}/{namespace}", BUCKET),
  CREATE_TABLE_BUCKET("PUT", "/buckets", ACCOUNT),
  DELETE_NAMESPACE("DELETE", "/namespaces/{tableBucketARN}/{namespace}", BUCKET),
  DELETE_TABLE("DELETE", Paths.TABLE, TABLE),
  DELETE_TABLE_BUCKET("DELETE", Paths.BUCKET, BUCKET),
  DELETE_TABLE_BUCKET_ENCRYPTION("DELETE", Paths.BUCKET + "/encryption", BUCKET),
  DELETE_TABLE_BUCKET_METRICS_CONFIGURATION("DELETE", Paths.BUCKET + "/metrics", BUCKET),
  DELETE_TABLE_BUCKET_POLICY("DELETE", Paths.BUCKET + "/policy", BUCKET),
  DELETE_TABLE_BUCKET_REPLICATION("DELETE", "/table-bucket-replication", ACCESS_DENIED, BUCKET),
  DELETE_TABLE_POLICY("DELETE", Paths.TABLE + "/policy", TABLE),
  DELETE_TABLE_REPLICATION("DELETE", "/table-replication", ACCESS_DENIED, TABLE_ARN),
  DISASSOCIATE_TABLE_REPLICATION(
      "PUT", "/table-replication/disassociate", ACCESS_DENIED, TABLE_ARN),
  GET_NAMESPACE("GET", "/namespaces/{tableBucketARN}/{namespace}", ACCESS_DENIED, BUCKET),
  GET_TABLE("GET", "/get-table", ACCESS_DENIED, TABLE),
  GET_TABLE_BUCKET("GET", Paths.BUCKET, ACCESS_DENIED, BUCKET),
  GET_TABLE_BUCKET_ENCRYPTION("GET", Paths.BUCKET + "/encryption", ACCESS_DENIED, BUCKET),
  GET_TABLE_BUCKET_LOGGING("GET", Paths.BUCKET + "/logging", BUCKET),
  GET_TABLE_BUCKET_MAINTENANCE_CONFIGURATION("GET", Paths.BUCKET + "/maintenance", BUCKET),
  GET_TABLE_BUCKET_METRICS_CONFIGURATION("GET", Paths.BUCKET + "/metrics", BUCKET),
  GET_TABLE_BUCKET_POLICY("GET", Paths.BUCKET + "/policy", BUCKET),
  GET_TABLE_BUCKET_REPLICATION("GET", "/table-bucket-replication", ACCESS_DENIED, BUCKET),
  GET_TABLE_BUCKET_STORAGE_CLASS("GET", Paths.BUCKET + "/storage-class", ACCESS_DENIED, BUCKET),
  GET_TABLE_ENCRYPTION("GET", Paths.TABLE + "/encryption", ACCESS_DENIED, TABLE),
  GET_TABLE_MAINTENANCE_CONFIGURATION("GET", Paths.TABLE + "/maintenance", TABLE),
  GET_TABLE_MAINTENANCE_JOB_STATUS("GET", Paths.TABLE + "/maintenance-job-status", TABLE),
  GET_TABLE_METADATA_LOCATION("GET", Paths.TABLE + "/metadata-location", TABLE),
  GET_TABLE_MIGRATION("GET", "/get-table-migration", ACCESS_DENIED, ACCOUNT),
  GET_TABLE_POLICY("GET", Paths.TABLE + "/policy", TABLE),
  GET_TABLE_RECORD_EXPIRATION_CONFIGURATION("GET", "/table-record-expiration", TABLE_ARN),
  GET_TABLE_RECORD_EXPIRATION_JOB_STATUS("GET", "/table-record-expiration-job-status", TABLE_ARN),
  GET_TABLE_REPLICATION("GET", "/table-replication", ACCESS_DENIED, TABLE_ARN),
  GET_TABLE_REPLICATION_STATUS("GET", "/replication-status", TABLE_ARN),
  GET_TABLE_STORAGE_CLASS("GET", Paths.TABLE + "/storage-class", ACCESS_DENIED, TABLE),
  LIST_NAMESPACES("GET", "/namespaces/{tableBucketARN}", ACCESS_DENIED, BUCKET),
  LIST_TABLE_BUCKETS("GET", "/buckets", ACCESS_DENIED, ACCOUNT),
  LIST_TABLE_MIGRATIONS("GET", "/list-table-migrations", ACCESS_DENIED, ACCOUNT),
  LIST_TABLES("GET", "/tables/{tableBucketARN}", BUCKET),
  LIST_TAGS_FOR_RESOURCE("GET", "/tag/{resourceArn}", EITHER),
  PUT_TABLE_BUCKET_ENCRYPTION("PUT", Paths.BUCKET + "/encryption", BUCKET),
  PUT_TABLE_BUCKET_LOGGING("PUT", Paths.BUCKET + "/logging", BUCKET),
  PUT_TABLE_BUCKET_MAINTENANCE_CONFIGURATION("PUT", Paths.BUCKET + "/maintenance/{type}", BUCKET),
  PUT_TABLE_BUCKET_METRICS_CONFIGURATION("PUT", Paths.BUCKET + "/metrics", BUCKET),
  PUT_TABLE_BUCKET_POLICY("PUT", Paths.BUCKET + "/policy", BUCKET),
  PUT_TABLE_BUCKET_REPLICATION("PUT", "/table-bucket-replication", ACCESS_DENIED, BUCKET),
  PUT_TABLE_BUCKET_STORAGE_CLASS("PUT", Paths.BUCKET + "/storage-class", BUCKET),
  PUT_TABLE_MAINTENANCE_CONFIGURATION("PUT", Paths.TABLE + "/maintenance/{type}", TABLE),
  PUT_TABLE_POLICY("PUT", Paths.TABLE + "/policy", TABLE),
  PUT_TABLE_RECORD_EXPIRATION_CONFIGURATION("PUT", "/table-record-expiration", TABLE_ARN),
  PUT_TABLE_REPLICATION("PUT", "/table-replication", ACCESS_DENIED, TABLE_ARN),
  RENAME_TABLE("PUT", Paths.TABLE + "/rename", TABLE),
  START_TABLE_MIGRATION("POST", "/start-table-migration", ACCESS_DENIED, ACCOUNT),
  SYNC_TABLE_MIGRATION("POST", "/sync-table-migration", ACCESS_DENIED, ACCOUNT),
  TAG_RESOURCE("POST", "/tag/{resourceArn}", EITHER),
  UNTAG_RESOURCE("DELETE", "/tag/{resourceArn}", EITHER),
  UPDATE_TABLE_METADATA_LOCATION("PUT", Paths.TABLE + "/metadata-location", TABLE),
  UPDATE_TABLE_MIGRATION("POST", "/update-table-migration", ACCESS_DENIED, ACCOUNT);

  private static final class Paths {
    static final String BUCKET = "/buckets/{tableBucketARN}";
    static final String TABLE = "/tables/{tableBucketARN}/{namespace}/{name}";
  }

  private static final Map<String, OperationName> BY_API =
      Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(OperationName::api, o -> o));

  private final String method;
  private final String path;
  private final TablesError denied;
  private final ResourceType target;
  private final String api;

  OperationName(String method, String path, ResourceType target) {
    this(method, path, FORBIDDEN, target);
  }

  OperationName(String method, String path, TablesError denied, ResourceType target) {
    this.method = method;
    this.path = path;
    this.denied = denied;
    this.target = target;
    this.api = Operation.apiName(this);
  }

  public static Optional<OperationName> of(String api) {
    return Optional.ofNullable(BY_API.get(api));
  }

  public boolean reads() {
    return method.equals("GET");
  }

  /** Name in the API, for example {@code CreateTable}. */
  public String api() {
    return api;
  }

  public String action() {
    return "s3tables:" + api;
  }

  public TablesError denied() {
    return denied;
  }

  public ResourceType target() {
    return target;
  }

  public String method() {
    return method;
  }

  public String path() {
    return path;
  }

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
