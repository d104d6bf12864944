-- The register of partners as a projection (libs/directory). Included by the services that keep one, after
-- libs/feed/migrations/projection_cursors.sql; see libs/pg/migrations/idempotency.sql for the convention. The register itself offers the same names as views over its own
-- tables, so that one statement text works in every service.
--
-- `validity` holds whole days. Names of kinds, purposes, categories and states are those of the contract without prefix.
-- No personal data. No foreign keys: a projection takes what comes, in the order it comes.
CREATE TABLE directory_organisations (
  organisation_id text   NOT NULL,
  display_name    text   NOT NULL,
  kind            text   NOT NULL,
  parent_id       text,
  status          text   NOT NULL,
  version         bigint NOT NULL,
  CONSTRAINT directory_organisations_pkey PRIMARY KEY (organisation_id)
);
CREATE INDEX directory_organisations_parent_idx ON directory_organisations (parent_id);
CREATE INDEX directory_organisations_kind_idx ON directory_organisations (kind);

-- Every organisation with itself and all above it.
CREATE TABLE directory_lineages (
  organisation_id text NOT NULL,
  ancestor_id     text NOT NULL,
  depth           int  NOT NULL,
  CONSTRAINT directory_lineages_pkey PRIMARY KEY (organisation_id, ancestor_id)
);
CREATE INDEX directory_lineages_ancestor_idx ON directory_lineages (ancestor_id);

CREATE TABLE directory_identifiers (
  scheme          text NOT NULL,
  value           text NOT NULL,
  organisation_id text NOT NULL,
  CONSTRAINT directory_identifiers_pkey PRIMARY KEY (scheme, value)
);
CREATE INDEX directory_identifiers_organisation_idx ON directory_identifiers (organisation_id);

CREATE TABLE directory_regions (
  region_id    text   NOT NULL,
  display_name text   NOT NULL,
  version      bigint NOT NULL,
  CONSTRAINT directory_regions_pkey PRIMARY KEY (region_id)
);

CREATE TABLE directory_memberships (
  region_id       text      NOT NULL,
  membership_id   text      NOT NULL,
  organisation_id text      NOT NULL,
  validity        daterange NOT NULL,
  version         bigint    NOT NULL,
  CONSTRAINT directory_memberships_pkey PRIMARY KEY (region_id, membership_id)
);
CREATE INDEX directory_memberships_organisation_idx ON directory_memberships (organisation_id);

CREATE TABLE directory_programme_roles (
  region_id         text      NOT NULL,
  programme_role_id text      NOT NULL,
  organisation_id   text      NOT NULL,
  kind              text      NOT NULL,
  validity          daterange NOT NULL,
  version           bigint    NOT NULL,
  CONSTRAINT directory_programme_roles_pkey PRIMARY KEY (region_id, programme_role_id)
);
CREATE INDEX directory_programme_roles_organisation_idx ON directory_programme_roles (organisation_id);

-- `validity` is when the agreement is in force: signed, within its period, not terminated; empty for a draft.
CREATE TABLE directory_agreements (
  agreement_id  text      NOT NULL,
  region_id     text      NOT NULL,
  title         text      NOT NULL,
  state         text      NOT NULL,
  legal_basis   text      NOT NULL,
  controller_id text      NOT NULL,
  validity      daterange NOT NULL,
  version       bigint    NOT NULL,
  CONSTRAINT directory_agreements_pkey PRIMARY KEY (agreement_id)
);

CREATE TABLE directory_agreement_parties (
  agreement_id    text   NOT NULL,
  organisation_id text   NOT NULL,
  direction       text   NOT NULL,
  purposes        text[] NOT NULL,
  data_categories text[] NOT NULL,
  CONSTRAINT directory_agreement_parties_pkey PRIMARY KEY (agreement_id, organisation_id)
);
CREATE INDEX directory_agreement_parties_organisation_idx ON directory_agreement_parties (organisation_id);

CREATE TABLE directory_mandates (
  organisation_id text        NOT NULL,
  mandate_id      text        NOT NULL,
  supplier_id     text        NOT NULL,
  services        text[]      NOT NULL,
  purposes        text[]      NOT NULL,
  validity        daterange   NOT NULL,
  revoked_at      timestamptz,
  version         bigint      NOT NULL,
  CONSTRAINT directory_mandates_pkey PRIMARY KEY (organisation_id, mandate_id)
);

CREATE TABLE directory_credentials (
  thumbprint      text        NOT NULL,
  organisation_id text        NOT NULL,
  purposes        text[]      NOT NULL,
  validity        daterange   NOT NULL,
  revoked_at      timestamptz,
  version         bigint      NOT NULL,
  CONSTRAINT directory_credentials_pkey PRIMARY KEY (thumbprint)
);

-- One row once the projection has caught up: until when it knows the register. Older than the flag --projection_max_age,
-- whatever depends on it answers PROJECTION_STALE.
CREATE VIEW directory_freshness WITH (security_invoker = true) AS
SELECT heartbeat_at AS current_as_of_at FROM projection_cursors WHERE source = 'partners' AND heartbeat_at IS NOT NULL;

GRANT SELECT ON directory_organisations, directory_lineages, directory_identifiers, directory_regions,
  directory_memberships, directory_programme_roles, directory_agreements, directory_agreement_parties,
  directory_mandates, directory_credentials, directory_freshness TO :"app";
GRANT SELECT, INSERT, UPDATE, DELETE ON directory_organisations, directory_lineages, directory_identifiers,
  directory_regions, directory_memberships, directory_programme_roles, directory_agreements,
  directory_agreement_parties, directory_mandates, directory_credentials TO :"worker";
GRANT SELECT ON directory_freshness TO :"worker";

\ir directory_rules.sql
