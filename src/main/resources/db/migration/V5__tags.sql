-- Tags of buckets and tables: a JSON object of texts, or empty for none. The tags of an object are
-- among its attributes.

-- Read and cached together with the bucket.
--   abac: whether policies of S3 see the tags; S3 Tables always do
ALTER TABLE bucket_access ADD COLUMN tags text NOT NULL DEFAULT '';
ALTER TABLE bucket_access ADD COLUMN abac boolean NOT NULL DEFAULT false;

ALTER TABLE managed_table ADD COLUMN tags text NOT NULL DEFAULT '';
