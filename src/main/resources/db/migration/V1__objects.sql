-- Buckets, objects, multipart uploads. Times are milliseconds since 1970. Keys are UTF-8 in bytea,
-- so that their order is byte order whatever the collation of the database.

-- A table that belongs to a bucket references it: without ON DELETE when the bucket must be empty of
-- it before it can go, with ON DELETE CASCADE when it is configuration that goes along.
CREATE TABLE bucket (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name varchar(255) COLLATE "C" NOT NULL CONSTRAINT bucket_name_unique UNIQUE,
  kind varchar(16) NOT NULL,
  owner varchar(64) NOT NULL,
  created_ms bigint NOT NULL
);

-- The current version of each key. A key whose current version is a delete marker has no row here,
-- so a listing never skips rows. No foreign key to bucket: writers take the bucket's advisory lock
-- instead, which costs no row write.
CREATE TABLE object (
  bucket_id bigint NOT NULL,
  key bytea NOT NULL,
  version_id bytea,
  size bigint NOT NULL,
  modified_ms bigint NOT NULL,
  etag varchar(128) NOT NULL,
  storage_class varchar(64),
  checksum_algorithm varchar(16),
  checksum_full boolean,
  checksum varchar(128),
  attributes bytea NOT NULL,
  chunks bytea NOT NULL,
  CONSTRAINT object_pkey PRIMARY KEY (bucket_id, key),
  CONSTRAINT object_key_length CHECK (octet_length(key) BETWEEN 1 AND 1024)
) WITH (fillfactor = 90);

CREATE TABLE upload (
  id varchar(128) COLLATE "C" NOT NULL,
  bucket_id bigint NOT NULL,
  key bytea NOT NULL,
  initiated_ms bigint NOT NULL,
  initiator varchar(2048) NOT NULL,
  attributes bytea NOT NULL,
  checksum_algorithm varchar(16),
  checksum_full boolean NOT NULL,
  completed_ms bigint,
  completed bytea,
  CONSTRAINT upload_pkey PRIMARY KEY (id),
  CONSTRAINT upload_key_length CHECK (octet_length(key) BETWEEN 1 AND 1024)
);

CREATE UNIQUE INDEX upload_open ON upload (bucket_id, key, initiated_ms, id)
  WHERE completed_ms IS NULL;
CREATE INDEX upload_completed ON upload (completed_ms) WHERE completed_ms IS NOT NULL;

CREATE TABLE upload_part (
  upload_id varchar(128) COLLATE "C" NOT NULL,
  number integer NOT NULL,
  size bigint NOT NULL,
  etag varchar(128) NOT NULL,
  modified_ms bigint NOT NULL,
  checksum varchar(128),
  ref bytea NOT NULL,
  CONSTRAINT upload_part_pkey PRIMARY KEY (upload_id, number),
  CONSTRAINT upload_part_upload FOREIGN KEY (upload_id) REFERENCES upload ON DELETE CASCADE,
  CONSTRAINT upload_part_number CHECK (number BETWEEN 1 AND 10000)
) WITH (fillfactor = 90);

-- Chunk files that nothing names any more. The reference is unique, so releasing twice is harmless.
CREATE TABLE released_blob (
  ref bytea NOT NULL,
  released_ms bigint NOT NULL,
  CONSTRAINT released_blob_pkey PRIMARY KEY (ref)
);

CREATE INDEX released_blob_time ON released_blob (released_ms, ref);

-- One row per committer of a running node: the number of its last committed batch. After a lost
-- connection it tells whether the commit that was under way took place.
CREATE TABLE committer (
  id uuid NOT NULL,
  batch bigint NOT NULL,
  seen_ms bigint NOT NULL,
  CONSTRAINT committer_pkey PRIMARY KEY (id)
) WITH (fillfactor = 50);

-- One page of a listing in one round trip. Keys from in_from on and below in_until, in byte order; a
-- key that holds the delimiter after the first in_skip bytes is rolled up into a common prefix, and
-- the next key is found by a new seek past it, so keys under it cost nothing.
--   in_delimiter: not empty
--   in_delimiter_next: the delimiter with its last byte raised by one
CREATE FUNCTION list_objects(
  in_bucket bigint, in_from bytea, in_until bytea, in_skip integer,
  in_delimiter bytea, in_delimiter_next bytea, in_limit integer)
RETURNS TABLE (
  rolled_up boolean, name bytea, size bigint, modified_ms bigint, etag varchar,
  storage_class varchar, checksum_algorithm varchar, checksum_full boolean, checksum varchar)
LANGUAGE plpgsql STABLE
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off
AS $$
DECLARE
  position_now bytea := in_from;
  left_over integer := in_limit;
  found_at integer;
  probe bytea;
  seek boolean;
BEGIN
  WHILE left_over > 0 LOOP
    -- After a common prefix another one is likely: look at one key only.
    SELECT o.key INTO probe FROM object o
      WHERE o.bucket_id = in_bucket AND o.key >= position_now AND o.key < in_until
      ORDER BY o.key LIMIT 1;
    EXIT WHEN probe IS NULL;
    found_at := position(in_delimiter IN substring(probe FROM in_skip + 1));
    IF found_at > 0 THEN
      rolled_up := true;
      name := substring(probe FOR in_skip + found_at - 1 + octet_length(in_delimiter));
      RETURN NEXT;
      left_over := left_over - 1;
      position_now := substring(probe FOR in_skip + found_at - 1) || in_delimiter_next;
      CONTINUE;
    END IF;
    rolled_up := false;
    seek := false;
    FOR name, size, modified_ms, etag, storage_class, checksum_algorithm, checksum_full, checksum IN
      SELECT o.key, o.size, o.modified_ms, o.etag, o.storage_class, o.checksum_algorithm,
             o.checksum_full, o.checksum
      FROM object o
      WHERE o.bucket_id = in_bucket AND o.key >= probe AND o.key < in_until
      ORDER BY o.key LIMIT left_over
    LOOP
      IF position(in_delimiter IN substring(name FROM in_skip + 1)) > 0 THEN
        position_now := name;
        seek := true;
        EXIT;
      END IF;
      RETURN NEXT;
      left_over := left_over - 1;
    END LOOP;
    EXIT WHEN NOT seek;
  END LOOP;
END
$$;
