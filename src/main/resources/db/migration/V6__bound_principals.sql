-- Policies hold the unique ids of users and roles. False until those that were written with ARNs
-- have been bound, which the first start after this migration does.
ALTER TABLE iam_change ADD COLUMN principals_bound boolean NOT NULL DEFAULT false;
