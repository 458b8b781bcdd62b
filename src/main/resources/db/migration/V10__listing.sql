-- As before, but a seek takes ten keys instead of one, because many common prefixes have few keys
-- below them: then a page of a listing costs a tenth. A common prefix with more keys still costs one
-- seek, however many they are.
CREATE OR REPLACE FUNCTION list_objects(
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
  plain boolean;
  seek boolean;
BEGIN
  WHILE left_over > 0 LOOP
    -- A seek reads a page of the index, whatever is taken of it: so take ten keys.
    plain := false;
    seek := false;
    FOR probe IN
      SELECT o.key FROM object o
      WHERE o.bucket_id = in_bucket AND o.key >= position_now AND o.key < in_until
      ORDER BY o.key LIMIT 10
    LOOP
      seek := true;
      -- Below the last common prefix.
      CONTINUE WHEN probe < position_now;
      found_at := position(in_delimiter IN substring(probe FROM in_skip + 1));
      IF found_at = 0 THEN
        plain := true;
        EXIT;
      END IF;
      rolled_up := true;
      name := substring(probe FOR in_skip + found_at - 1 + octet_length(in_delimiter));
      RETURN NEXT;
      left_over := left_over - 1;
      position_now := substring(probe FOR in_skip + found_at - 1) || in_delimiter_next;
      EXIT WHEN left_over = 0;
    END LOOP;
    EXIT WHEN NOT seek;
    CONTINUE WHEN NOT plain;
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
