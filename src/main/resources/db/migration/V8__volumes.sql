-- The volumes that belong to this database, and how often each was opened. A server opens a volume
-- only when both sides say the same, so that no reference is ever followed on another volume.
--   epoch: what the volume's identity file said when it was opened last; 0: perhaps never made
--   announced: the epoch of the opening that was begun last
--   opener: who began it
CREATE TABLE volume (
  uuid uuid NOT NULL,
  epoch integer NOT NULL,
  announced integer NOT NULL,
  opener uuid NOT NULL,
  created_ms bigint NOT NULL,
  CONSTRAINT volume_pkey PRIMARY KEY (uuid)
);

-- Released blobs are removed as soon as nobody reads them, not in the order of their time.
DROP INDEX released_blob_time;

-- References carry the identity of their volume from now on. Those of earlier builds, none of which
-- was released, do not say which volume they mean.
DO $$
BEGIN
  IF EXISTS (SELECT FROM object) OR EXISTS (SELECT FROM upload_part)
      OR EXISTS (SELECT FROM released_blob) THEN
    RAISE EXCEPTION 'the database holds objects of a Lakebed from before the first release, which do not say what volume they are on; copy them with that version'
      USING ERRCODE = 'LB001';
  END IF;
END
$$;
