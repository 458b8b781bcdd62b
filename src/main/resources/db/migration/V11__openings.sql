-- Who opened the volume last, as its identity file says too. Two copies of volume and database that
-- were opened equally often, each by itself, do not pass for each other's halves.
ALTER TABLE volume ADD COLUMN opened_by uuid NOT NULL
  DEFAULT '00000000-0000-0000-0000-000000000000';
