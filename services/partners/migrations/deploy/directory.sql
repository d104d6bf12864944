-- The register under the names that its projections have in the other services (libs/directory): here always fresh.
BEGIN;
\set app vsv_partners_app
\set worker vsv_partners_worker

CREATE VIEW directory_organisations WITH (security_invoker = true) AS
SELECT id AS organisation_id, display_name, kind, parent_id, status, version FROM organisations;

CREATE VIEW directory_lineages WITH (security_invoker = true) AS
WITH RECURSIVE lineages AS (
  SELECT id AS organisation_id, id AS ancestor_id, 0 AS depth FROM organisations
  UNION ALL
  SELECT l.organisation_id, o.parent_id, l.depth + 1
    FROM lineages l
    JOIN organisations o ON o.id = l.ancestor_id
   WHERE o.parent_id IS NOT NULL AND l.depth < 8
)
SELECT organisation_id, ancestor_id, depth FROM lineages;

CREATE VIEW directory_identifiers WITH (security_invoker = true) AS
SELECT scheme, value, organisation_id FROM organisation_identifiers;

CREATE VIEW directory_regions WITH (security_invoker = true) AS
SELECT id AS region_id, display_name, version FROM regions;

CREATE VIEW directory_memberships WITH (security_invoker = true) AS
SELECT region_id, id::text AS membership_id, organisation_id,
       daterange(valid_from_on, valid_until_on, '[]') AS validity, version
  FROM region_memberships;

CREATE VIEW directory_programme_roles WITH (security_invoker = true) AS
SELECT region_id, id::text AS programme_role_id, organisation_id, kind,
       daterange(valid_from_on, valid_until_on, '[]') AS validity, version
  FROM programme_roles;

CREATE VIEW directory_agreements WITH (security_invoker = true) AS
SELECT id AS agreement_id, region_id, title, state, legal_basis, controller_id,
       CASE WHEN state = 'DRAFT' THEN 'empty'::daterange
            ELSE daterange(valid_from_on, valid_until_on, '[]') * daterange(signed_on, terminated_on, '[)')
       END AS validity,
       version
  FROM agreements;

CREATE VIEW directory_agreement_parties WITH (security_invoker = true) AS
SELECT agreement_id, organisation_id, direction, purposes, data_categories FROM agreement_parties;

CREATE VIEW directory_mandates WITH (security_invoker = true) AS
SELECT organisation_id, id::text AS mandate_id, supplier_id, services, purposes,
       daterange(valid_from_on, valid_until_on, '[]') AS validity, revoked_at, version
  FROM mandates;

CREATE VIEW directory_credentials WITH (security_invoker = true) AS
SELECT thumbprint, organisation_id, purposes, daterange(valid_from_on, valid_until_on, '[]') AS validity, revoked_at, version
  FROM credentials;

CREATE VIEW directory_freshness WITH (security_invoker = true) AS
SELECT now() AS current_as_of_at;

GRANT SELECT ON directory_organisations, directory_lineages, directory_identifiers, directory_regions,
  directory_memberships, directory_programme_roles, directory_agreements, directory_agreement_parties,
  directory_mandates, directory_credentials, directory_freshness TO :"app", :"worker";

\ir ../../../../libs/directory/migrations/directory_rules.sql
COMMIT;
