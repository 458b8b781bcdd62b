-- SAML assertions that gave credentials, so that none does it twice on any server. Of no use after
-- until_ms, when the assertion is too old anyway.
--   id: SHA-256 of provider and assertion id
CREATE TABLE used_assertion (
  id bytea NOT NULL,
  until_ms bigint NOT NULL,
  CONSTRAINT used_assertion_pkey PRIMARY KEY (id)
);

CREATE INDEX used_assertion_until ON used_assertion (until_ms);
