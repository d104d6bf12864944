-- The register: organisations, regions, agreements, mandates, credentials. It is national, not owned by a region, and small:
-- beyond one node these are reference tables. No personal data, so no row-level security; nothing is ever deleted but the
-- lists that belong to an organisation. Both ends of a period belong to it; no end = until further notice.
BEGIN;

CREATE TABLE organisations (
  id                text        NOT NULL,
  display_name      text        NOT NULL,
  kind              text        NOT NULL,
  parent_id         text,
  status            text        NOT NULL,
  suspension_reason text        NOT NULL DEFAULT '',
  version           bigint      NOT NULL,
  created_at        timestamptz NOT NULL,
  updated_at        timestamptz NOT NULL,
  CONSTRAINT organisations_pkey PRIMARY KEY (id),
  CONSTRAINT organisations_parent_fkey FOREIGN KEY (parent_id) REFERENCES organisations (id),
  CONSTRAINT organisations_id_form CHECK (id ~ '^[a-z][a-z0-9-]{1,62}$'),
  CONSTRAINT organisations_parent_other CHECK (parent_id <> id),
  CONSTRAINT organisations_status_known CHECK (status IN ('ACTIVE', 'SUSPENDED')),
  CONSTRAINT organisations_suspension_told CHECK ((status = 'SUSPENDED') = (suspension_reason <> ''))
);
CREATE INDEX organisations_parent_idx ON organisations (parent_id);
CREATE INDEX organisations_kind_idx ON organisations (kind, id);

CREATE TABLE organisation_identifiers (
  scheme          text NOT NULL,
  value           text NOT NULL,
  organisation_id text NOT NULL,
  CONSTRAINT organisation_identifiers_pkey PRIMARY KEY (scheme, value),
  CONSTRAINT organisation_identifiers_organisation_fkey FOREIGN KEY (organisation_id) REFERENCES organisations (id)
);
CREATE INDEX organisation_identifiers_organisation_idx ON organisation_identifiers (organisation_id);

CREATE TABLE organisation_contacts (
  organisation_id text NOT NULL,
  position        int  NOT NULL,
  role            text NOT NULL,
  phone_number    text NOT NULL,
  email_address   text NOT NULL,
  valid_from_on   date NOT NULL,
  valid_until_on  date,
  CONSTRAINT organisation_contacts_pkey PRIMARY KEY (organisation_id, position),
  CONSTRAINT organisation_contacts_organisation_fkey FOREIGN KEY (organisation_id) REFERENCES organisations (id),
  CONSTRAINT organisation_contacts_reachable CHECK (phone_number <> '' OR email_address <> ''),
  CONSTRAINT organisation_contacts_period CHECK (valid_until_on >= valid_from_on)
);

CREATE TABLE regions (
  id           text        NOT NULL,
  display_name text        NOT NULL,
  version      bigint      NOT NULL,
  created_at   timestamptz NOT NULL,
  CONSTRAINT regions_pkey PRIMARY KEY (id),
  CONSTRAINT regions_id_form CHECK (id ~ '^(0[1-9]|[123][0-9]|40)$')
);

CREATE TABLE region_memberships (
  region_id       text        NOT NULL,
  id              uuid        NOT NULL,
  organisation_id text        NOT NULL,
  valid_from_on   date        NOT NULL,
  valid_until_on  date,
  version         bigint      NOT NULL,
  created_at      timestamptz NOT NULL,
  updated_at      timestamptz NOT NULL,
  CONSTRAINT region_memberships_pkey PRIMARY KEY (region_id, id),
  CONSTRAINT region_memberships_region_fkey FOREIGN KEY (region_id) REFERENCES regions (id),
  CONSTRAINT region_memberships_organisation_fkey FOREIGN KEY (organisation_id) REFERENCES organisations (id),
  CONSTRAINT region_memberships_period CHECK (valid_until_on >= valid_from_on)
);
CREATE INDEX region_memberships_organisation_idx ON region_memberships (organisation_id);

CREATE TABLE programme_roles (
  region_id       text        NOT NULL,
  id              uuid        NOT NULL,
  organisation_id text        NOT NULL,
  kind            text        NOT NULL,
  valid_from_on   date        NOT NULL,
  valid_until_on  date,
  version         bigint      NOT NULL,
  created_at      timestamptz NOT NULL,
  updated_at      timestamptz NOT NULL,
  CONSTRAINT programme_roles_pkey PRIMARY KEY (region_id, id),
  CONSTRAINT programme_roles_region_fkey FOREIGN KEY (region_id) REFERENCES regions (id),
  CONSTRAINT programme_roles_organisation_fkey FOREIGN KEY (organisation_id) REFERENCES organisations (id),
  CONSTRAINT programme_roles_period CHECK (valid_until_on >= valid_from_on)
);
CREATE INDEX programme_roles_organisation_idx ON programme_roles (organisation_id);

CREATE TABLE agreements (
  id                   text        NOT NULL,
  region_id            text        NOT NULL,
  title                text        NOT NULL,
  purposes             text[]      NOT NULL,
  data_categories      text[]      NOT NULL,
  legal_basis          text        NOT NULL,
  legal_basis_citation text        NOT NULL,
  controller_id        text        NOT NULL,
  valid_from_on        date        NOT NULL,
  valid_until_on       date,
  state                text        NOT NULL,
  signed_on            date,
  terminated_on        date,
  version              bigint      NOT NULL,
  created_at           timestamptz NOT NULL,
  updated_at           timestamptz NOT NULL,
  CONSTRAINT agreements_pkey PRIMARY KEY (id),
  CONSTRAINT agreements_region_fkey FOREIGN KEY (region_id) REFERENCES regions (id),
  CONSTRAINT agreements_controller_fkey FOREIGN KEY (controller_id) REFERENCES organisations (id),
  CONSTRAINT agreements_id_form CHECK (id ~ '^[a-z][a-z0-9-]{1,62}$'),
  CONSTRAINT agreements_period CHECK (valid_until_on >= valid_from_on),
  CONSTRAINT agreements_state_known CHECK (state IN ('DRAFT', 'SIGNED', 'TERMINATED')),
  CONSTRAINT agreements_signed CHECK ((state = 'DRAFT') = (signed_on IS NULL)),
  CONSTRAINT agreements_terminated CHECK ((state = 'TERMINATED') = (terminated_on IS NOT NULL))
);
CREATE INDEX agreements_region_idx ON agreements (region_id, id);

CREATE TABLE agreement_parties (
  agreement_id    text   NOT NULL,
  position        int    NOT NULL,
  organisation_id text   NOT NULL,
  direction       text   NOT NULL,
  purposes        text[] NOT NULL,
  data_categories text[] NOT NULL,
  CONSTRAINT agreement_parties_pkey PRIMARY KEY (agreement_id, organisation_id),
  CONSTRAINT agreement_parties_agreement_fkey FOREIGN KEY (agreement_id) REFERENCES agreements (id),
  CONSTRAINT agreement_parties_organisation_fkey FOREIGN KEY (organisation_id) REFERENCES organisations (id),
  CONSTRAINT agreement_parties_direction_known CHECK (direction IN ('PROVIDES', 'RECEIVES', 'BOTH'))
);
CREATE INDEX agreement_parties_organisation_idx ON agreement_parties (organisation_id);

CREATE TABLE mandates (
  organisation_id text        NOT NULL,
  id              uuid        NOT NULL,
  supplier_id     text        NOT NULL,
  services        text[]      NOT NULL,
  purposes        text[]      NOT NULL,
  valid_from_on   date        NOT NULL,
  valid_until_on  date,
  revoked_at      timestamptz,
  version         bigint      NOT NULL,
  created_at      timestamptz NOT NULL,
  CONSTRAINT mandates_pkey PRIMARY KEY (organisation_id, id),
  CONSTRAINT mandates_organisation_fkey FOREIGN KEY (organisation_id) REFERENCES organisations (id),
  CONSTRAINT mandates_supplier_fkey FOREIGN KEY (supplier_id) REFERENCES organisations (id),
  CONSTRAINT mandates_supplier_other CHECK (supplier_id <> organisation_id),
  CONSTRAINT mandates_period CHECK (valid_until_on >= valid_from_on)
);
CREATE INDEX mandates_supplier_idx ON mandates (supplier_id);

CREATE TABLE credentials (
  thumbprint      text        NOT NULL,
  organisation_id text        NOT NULL,
  purposes        text[]      NOT NULL,
  valid_from_on   date        NOT NULL,
  valid_until_on  date,
  revoked_at      timestamptz,
  version         bigint      NOT NULL,
  created_at      timestamptz NOT NULL,
  CONSTRAINT credentials_pkey PRIMARY KEY (thumbprint),
  CONSTRAINT credentials_organisation_fkey FOREIGN KEY (organisation_id) REFERENCES organisations (id),
  CONSTRAINT credentials_thumbprint_form CHECK (thumbprint ~ '^[0-9a-f]{64}$'),
  CONSTRAINT credentials_period CHECK (valid_until_on >= valid_from_on)
);
CREATE INDEX credentials_organisation_idx ON credentials (organisation_id, thumbprint);

GRANT SELECT, INSERT, UPDATE ON organisations, regions, region_memberships, programme_roles, agreements, mandates,
  credentials TO vsv_partners_app;
GRANT SELECT, INSERT, DELETE ON organisation_identifiers, organisation_contacts TO vsv_partners_app;
GRANT SELECT, INSERT ON agreement_parties TO vsv_partners_app;
GRANT SELECT ON organisations, organisation_identifiers, organisation_contacts, regions, region_memberships,
  programme_roles, agreements, agreement_parties, mandates, credentials TO vsv_partners_worker;

COMMIT;
