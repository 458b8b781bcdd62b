-- Namespaces and tables of table buckets. Times are milliseconds since 1970. Names compare by bytes.
-- The constraint names are read by dev.lakebed.metadata.tables.Violations.

CREATE TABLE table_namespace (
  id uuid NOT NULL,
  bucket_id bigint NOT NULL,
  name varchar(255) COLLATE "C" NOT NULL,
  created_ms bigint NOT NULL,
  created_by varchar(64) NOT NULL,
  CONSTRAINT table_namespace_pkey PRIMARY KEY (id),
  CONSTRAINT table_namespace_bucket FOREIGN KEY (bucket_id) REFERENCES bucket,
  CONSTRAINT table_namespace_name UNIQUE (bucket_id, name)
);

-- A dropped table has no namespace; its location stays reserved until its files are gone.
CREATE TABLE managed_table (
  id uuid NOT NULL,
  bucket_id bigint NOT NULL,
  namespace_id uuid,
  name varchar(255) COLLATE "C" NOT NULL,
  location varchar(1024) COLLATE "C" NOT NULL,
  metadata_location varchar(2048),
  version_token varchar(64) NOT NULL,
  created_ms bigint NOT NULL,
  created_by varchar(64) NOT NULL,
  modified_ms bigint NOT NULL,
  modified_by varchar(64) NOT NULL,
  dropped_ms bigint,
  lease_until timestamptz,
  lease_number bigint NOT NULL DEFAULT 0,
  CONSTRAINT managed_table_pkey PRIMARY KEY (id),
  CONSTRAINT managed_table_bucket FOREIGN KEY (bucket_id) REFERENCES bucket,
  CONSTRAINT managed_table_namespace FOREIGN KEY (namespace_id) REFERENCES table_namespace,
  CONSTRAINT managed_table_name UNIQUE (namespace_id, name),
  CONSTRAINT managed_table_location UNIQUE (bucket_id, location),
  CONSTRAINT managed_table_dropped CHECK ((namespace_id IS NULL) = (dropped_ms IS NOT NULL))
) WITH (fillfactor = 80);

CREATE INDEX managed_table_drops ON managed_table (dropped_ms) WHERE dropped_ms IS NOT NULL;
