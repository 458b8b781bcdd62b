-- Identities made through the IAM API. Times are milliseconds since 1970. Names compare by bytes;
-- folded names are lower case, because names are unique without case.

-- One row. Each transaction that changes an identity locks it first, so that limits and conflicts
-- are judged on what is really there, and raises it, so that every server sees that there is news.
CREATE TABLE iam_change (
  id integer NOT NULL,
  number bigint NOT NULL,
  CONSTRAINT iam_change_pkey PRIMARY KEY (id)
);
INSERT INTO iam_change VALUES (1, 1);

-- Users, groups, roles, managed policies, instance profiles, OIDC and SAML providers.
-- document: trust policy of a role, metadata of a SAML provider, JSON settings of an OIDC provider.
CREATE TABLE iam_entity (
  id varchar(32) COLLATE "C" NOT NULL,
  account varchar(12) COLLATE "C" NOT NULL,
  kind varchar(16) COLLATE "C" NOT NULL,
  name varchar(255) COLLATE "C" NOT NULL,
  folded varchar(255) COLLATE "C" NOT NULL,
  path varchar(512) COLLATE "C" NOT NULL,
  created_ms bigint NOT NULL,
  updated_ms bigint NOT NULL,
  description text NOT NULL,
  document text NOT NULL,
  boundary varchar(2048) COLLATE "C",
  tags text NOT NULL,
  max_session integer NOT NULL,
  default_version integer NOT NULL,
  last_version integer NOT NULL,
  CONSTRAINT iam_entity_pkey PRIMARY KEY (id),
  CONSTRAINT iam_entity_name UNIQUE (account, kind, folded)
);
CREATE INDEX iam_entity_boundary ON iam_entity (boundary, id) WHERE boundary IS NOT NULL;

CREATE TABLE iam_policy_version (
  policy_id varchar(32) COLLATE "C" NOT NULL,
  number integer NOT NULL,
  document text NOT NULL,
  created_ms bigint NOT NULL,
  CONSTRAINT iam_policy_version_pkey PRIMARY KEY (policy_id, number),
  CONSTRAINT iam_policy_version_policy FOREIGN KEY (policy_id) REFERENCES iam_entity
);

CREATE TABLE iam_inline_policy (
  entity_id varchar(32) COLLATE "C" NOT NULL,
  name varchar(128) COLLATE "C" NOT NULL,
  document text NOT NULL,
  CONSTRAINT iam_inline_policy_pkey PRIMARY KEY (entity_id, name),
  CONSTRAINT iam_inline_policy_entity FOREIGN KEY (entity_id) REFERENCES iam_entity
);

-- The policy is named by ARN: it may also be one of the configuration file or of AWS.
CREATE TABLE iam_attachment (
  entity_id varchar(32) COLLATE "C" NOT NULL,
  policy_arn varchar(2048) COLLATE "C" NOT NULL,
  CONSTRAINT iam_attachment_pkey PRIMARY KEY (entity_id, policy_arn),
  CONSTRAINT iam_attachment_entity FOREIGN KEY (entity_id) REFERENCES iam_entity
);
CREATE INDEX iam_attachment_policy ON iam_attachment (policy_arn, entity_id);

-- Users in groups, roles in instance profiles.
CREATE TABLE iam_member (
  container_id varchar(32) COLLATE "C" NOT NULL,
  member_id varchar(32) COLLATE "C" NOT NULL,
  CONSTRAINT iam_member_pkey PRIMARY KEY (container_id, member_id),
  CONSTRAINT iam_member_container FOREIGN KEY (container_id) REFERENCES iam_entity,
  CONSTRAINT iam_member_member FOREIGN KEY (member_id) REFERENCES iam_entity
);
CREATE INDEX iam_member_of ON iam_member (member_id, container_id);

-- The secret is sealed with a key that is not in the database.
CREATE TABLE iam_access_key (
  id varchar(128) COLLATE "C" NOT NULL,
  user_id varchar(32) COLLATE "C" NOT NULL,
  secret bytea NOT NULL,
  active boolean NOT NULL,
  created_ms bigint NOT NULL,
  CONSTRAINT iam_access_key_pkey PRIMARY KEY (id),
  CONSTRAINT iam_access_key_user FOREIGN KEY (user_id) REFERENCES iam_entity
);
CREATE INDEX iam_access_key_owner ON iam_access_key (user_id, id);

CREATE TABLE iam_login (
  user_id varchar(32) COLLATE "C" NOT NULL,
  hash varchar(256) NOT NULL,
  reset_required boolean NOT NULL,
  created_ms bigint NOT NULL,
  changed_ms bigint NOT NULL,
  CONSTRAINT iam_login_pkey PRIMARY KEY (user_id),
  CONSTRAINT iam_login_user FOREIGN KEY (user_id) REFERENCES iam_entity
);

-- alias: empty for none. password_policy: JSON, empty for none.
CREATE TABLE iam_account (
  account varchar(12) COLLATE "C" NOT NULL,
  alias varchar(63) COLLATE "C" NOT NULL,
  password_policy text NOT NULL,
  CONSTRAINT iam_account_pkey PRIMARY KEY (account)
);
CREATE UNIQUE INDEX iam_account_alias ON iam_account (alias) WHERE alias <> '';

-- When an access key, or a user or role by its unique id, last used a service.
CREATE TABLE iam_last_use (
  id varchar(128) COLLATE "C" NOT NULL,
  service varchar(32) COLLATE "C" NOT NULL,
  region varchar(64) NOT NULL,
  used_ms bigint NOT NULL,
  CONSTRAINT iam_last_use_pkey PRIMARY KEY (id, service)
);
