-- The tables of the register, and what the server may not do with them.
BEGIN;
SELECT id, display_name, kind, parent_id, status, suspension_reason, version, created_at, updated_at FROM organisations
 WHERE false;
SELECT scheme, value, organisation_id FROM organisation_identifiers WHERE false;
SELECT organisation_id, position, role, phone_number, email_address, valid_from_on, valid_until_on
  FROM organisation_contacts WHERE false;
SELECT id, display_name, version, created_at FROM regions WHERE false;
SELECT region_id, id, organisation_id, valid_from_on, valid_until_on, version FROM region_memberships WHERE false;
SELECT region_id, id, organisation_id, kind, valid_from_on, valid_until_on, version FROM programme_roles WHERE false;
SELECT id, region_id, title, purposes, data_categories, legal_basis, legal_basis_citation, controller_id, valid_from_on,
       valid_until_on, state, signed_on, terminated_on, version FROM agreements WHERE false;
SELECT agreement_id, position, organisation_id, direction, purposes, data_categories FROM agreement_parties WHERE false;
SELECT organisation_id, id, supplier_id, services, purposes, valid_from_on, valid_until_on, revoked_at, version
  FROM mandates WHERE false;
SELECT thumbprint, organisation_id, purposes, valid_from_on, valid_until_on, revoked_at, version FROM credentials
 WHERE false;
SELECT 1 / (NOT has_table_privilege('vsv_partners_app', 'organisations', 'DELETE'))::int;
SELECT 1 / (NOT has_table_privilege('vsv_partners_app', 'agreement_parties', 'UPDATE'))::int;
ROLLBACK;
