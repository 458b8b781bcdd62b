-- CORS rules of a bucket in a binary form of the server; null for none. Read and cached together
-- with the bucket.
ALTER TABLE bucket_access ADD COLUMN cors bytea;
