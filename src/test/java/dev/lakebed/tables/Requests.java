package dev.lakebed.tables;

import dev.lakebed.http.PercentEncoding;
import dev.lakebed.tables.rest.OperationName;
import java.util.EnumMap;
import java.util.Map;

/** A valid request for every operation, written out from the API reference of S3 Tables. */
final class Requests {
  record Example(String method, String target, String body) {}

  private Requests() {}

  static Map<OperationName, Example> all(String bucket, String tableArn) {
    String table = PercentEncoding.encode(tableArn);
    Map<OperationName, Example> all = new EnumMap<>(OperationName.class);
    EXAMPLES
        .lines()
        .map(line -> line.split(" ", 4))
        .forEach(
            line ->
                all.put(
                    OperationName.valueOf(line[0]),
                    new Example(
                        line[1],
                        line[2].replace("BUCKET", bucket).replace("TABLE", table),
                        line.length == 4 ? line[3] : "")));
    return all;
  }

  private static final String EXAMPLES =
      """
      COMPLETE_TABLE_MIGRATION POST /complete-table-migration?tableARN=TABLE
      CREATE_NAMESPACE PUT /namespaces/BUCKET {"namespace":["ns"]}
      CREATE_TABLE PUT /tables/BUCKET/ns {"name":"t","format":"ICEBERG"}
      CREATE_TABLE_BUCKET PUT /buckets {"name":"abc"}
      DELETE_NAMESPACE DELETE /namespaces/BUCKET/ns
      DELETE_TABLE DELETE /tables/BUCKET/ns/t
      DELETE_TABLE_BUCKET DELETE /buckets/BUCKET
      DELETE_TABLE_BUCKET_ENCRYPTION DELETE /buckets/BUCKET/encryption
      DELETE_TABLE_BUCKET_METRICS_CONFIGURATION DELETE /buckets/BUCKET/metrics
      DELETE_TABLE_BUCKET_POLICY DELETE /buckets/BUCKET/policy
      DELETE_TABLE_BUCKET_REPLICATION DELETE /table-bucket-replication?tableBucketARN=BUCKET
      DELETE_TABLE_POLICY DELETE /tables/BUCKET/ns/t/policy
      DELETE_TABLE_REPLICATION DELETE /table-replication?tableArn=TABLE&versionToken=x
      DISASSOCIATE_TABLE_REPLICATION PUT /table-replication/disassociate?tableArn=TABLE
      GET_NAMESPACE GET /namespaces/BUCKET/ns
      GET_TABLE GET /get-table?tableArn=TABLE
      GET_TABLE_BUCKET GET /buckets/BUCKET
      GET_TABLE_BUCKET_ENCRYPTION GET /buckets/BUCKET/encryption
      GET_TABLE_BUCKET_LOGGING GET /buckets/BUCKET/logging
      GET_TABLE_BUCKET_MAINTENANCE_CONFIGURATION GET /buckets/BUCKET/maintenance
      GET_TABLE_BUCKET_METRICS_CONFIGURATION GET /buckets/BUCKET/metrics
      GET_TABLE_BUCKET_POLICY GET /buckets/BUCKET/policy
      GET_TABLE_BUCKET_REPLICATION GET /table-bucket-replication?tableBucketARN=BUCKET
      GET_TABLE_BUCKET_STORAGE_CLASS GET /buckets/BUCKET/storage-class
      GET_TABLE_ENCRYPTION GET /tables/BUCKET/ns/t/encryption
      GET_TABLE_MAINTENANCE_CONFIGURATION GET /tables/BUCKET/ns/t/maintenance
      GET_TABLE_MAINTENANCE_JOB_STATUS GET /tables/BUCKET/ns/t/maintenance-job-status
      GET_TABLE_METADATA_LOCATION GET /tables/BUCKET/ns/t/metadata-location
      GET_TABLE_MIGRATION GET /get-table-migration?migrationId=x
      GET_TABLE_POLICY GET /tables/BUCKET/ns/t/policy
      GET_TABLE_RECORD_EXPIRATION_CONFIGURATION GET /table-record-expiration?tableArn=TABLE
      GET_TABLE_RECORD_EXPIRATION_JOB_STATUS GET /table-record-expiration-job-status?tableArn=TABLE
      GET_TABLE_REPLICATION GET /table-replication?tableArn=TABLE
      GET_TABLE_REPLICATION_STATUS GET /replication-status?tableArn=TABLE
      GET_TABLE_STORAGE_CLASS GET /tables/BUCKET/ns/t/storage-class
      LIST_NAMESPACES GET /namespaces/BUCKET
      LIST_TABLE_BUCKETS GET /buckets
      LIST_TABLE_MIGRATIONS GET /list-table-migrations?tableBucketARN=BUCKET
      LIST_TABLES GET /tables/BUCKET
      LIST_TAGS_FOR_RESOURCE GET /tag/TABLE
      PUT_TABLE_BUCKET_ENCRYPTION PUT /buckets/BUCKET/encryption {"encryptionConfiguration":{}}
      PUT_TABLE_BUCKET_LOGGING PUT /buckets/BUCKET/logging {"tableBucketLoggingStatus":{}}
      PUT_TABLE_BUCKET_MAINTENANCE_CONFIGURATION PUT /buckets/BUCKET/maintenance/x {"value":{}}
      PUT_TABLE_BUCKET_METRICS_CONFIGURATION PUT /buckets/BUCKET/metrics
      PUT_TABLE_BUCKET_POLICY PUT /buckets/BUCKET/policy {"resourcePolicy":"{}"}
      PUT_TABLE_BUCKET_REPLICATION PUT /table-bucket-replication?tableBucketARN=BUCKET {}
      PUT_TABLE_BUCKET_STORAGE_CLASS PUT /buckets/BUCKET/storage-class {}
      PUT_TABLE_MAINTENANCE_CONFIGURATION PUT /tables/BUCKET/ns/t/maintenance/x {"value":{}}
      PUT_TABLE_POLICY PUT /tables/BUCKET/ns/t/policy {"resourcePolicy":"{}"}
      PUT_TABLE_RECORD_EXPIRATION_CONFIGURATION PUT /table-record-expiration?tableArn=TABLE {}
      PUT_TABLE_REPLICATION PUT /table-replication?tableArn=TABLE {"configuration":{}}
      RENAME_TABLE PUT /tables/BUCKET/ns/t/rename {"newName":"u"}
      START_TABLE_MIGRATION POST /start-table-migration {"roleARN":"x"}
      SYNC_TABLE_MIGRATION POST /sync-table-migration {"roleARN":"x"}
      TAG_RESOURCE POST /tag/BUCKET {"tags":{"a":"b"}}
      UNTAG_RESOURCE DELETE /tag/BUCKET?tagKeys=a
      UPDATE_TABLE_METADATA_LOCATION PUT /tables/BUCKET/ns/t/metadata-location \
      {"versionToken":"x","metadataLocation":"s3://b/k"}
      UPDATE_TABLE_MIGRATION POST /update-table-migration?migrationId=x {"requestedState":"queued"}
      """;
}
