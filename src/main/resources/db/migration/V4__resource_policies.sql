-- Who may reach a bucket or a table, and which sessions were ended. Documents are kept as written.

-- One row for a bucket that has any of these; loaded and cached together with the bucket.
--   s3_policy: bucket policy of S3; tables_policy: table bucket policy of S3 Tables
--   public_block: the four settings of Block Public Access, one bit each; null when never set
CREATE TABLE bucket_access (
  bucket_id bigint NOT NULL,
  s3_policy text,
  tables_policy text,
  public_block smallint,
  CONSTRAINT bucket_access_pkey PRIMARY KEY (bucket_id),
  CONSTRAINT bucket_access_bucket FOREIGN KEY (bucket_id) REFERENCES bucket ON DELETE CASCADE,
  CONSTRAINT bucket_access_block CHECK (public_block BETWEEN 0 AND 15)
);

CREATE TABLE table_policy (
  table_id uuid NOT NULL,
  document text NOT NULL,
  CONSTRAINT table_policy_pkey PRIMARY KEY (table_id),
  CONSTRAINT table_policy_table FOREIGN KEY (table_id) REFERENCES managed_table ON DELETE CASCADE
);

-- Ended sessions. A row is of no use after until_ms, when the last session it is about has expired.
--   kind: SESSION (subject is its access key id), ROLE or USER (subject is the ARN)
--   before_ms: sessions issued before this time
CREATE TABLE session_revocation (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind varchar(8) NOT NULL,
  subject varchar(2048) COLLATE "C" NOT NULL,
  before_ms bigint NOT NULL,
  until_ms bigint NOT NULL,
  created_ms bigint NOT NULL,
  created_by varchar(2048) NOT NULL,
  CONSTRAINT session_revocation_subject UNIQUE (kind, subject)
);

CREATE INDEX session_revocation_until ON session_revocation (until_ms);
