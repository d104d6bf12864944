-- See directory.sql. Serves the projection and the register's views alike.
SELECT organisation_id, display_name, kind, parent_id, status, version FROM directory_organisations WHERE false;
SELECT organisation_id, ancestor_id, depth FROM directory_lineages WHERE false;
SELECT scheme, value, organisation_id FROM directory_identifiers WHERE false;
SELECT region_id, display_name, version FROM directory_regions WHERE false;
SELECT region_id, membership_id, organisation_id, validity, version FROM directory_memberships WHERE false;
SELECT region_id, programme_role_id, organisation_id, kind, validity, version FROM directory_programme_roles WHERE false;
SELECT agreement_id, region_id, title, state, legal_basis, controller_id, validity, version FROM directory_agreements WHERE false;
SELECT agreement_id, organisation_id, direction, purposes, data_categories FROM directory_agreement_parties WHERE false;
SELECT organisation_id, mandate_id, supplier_id, services, purposes, validity, revoked_at, version FROM directory_mandates
 WHERE false;
SELECT thumbprint, organisation_id, purposes, validity, revoked_at, version FROM directory_credentials WHERE false;
SELECT current_as_of_at FROM directory_freshness WHERE false;
SELECT agreement_id, region_id, legal_basis, validity, provider_id, receiver_id, purposes, data_categories FROM directory_flows
 WHERE false;
SELECT directory_agreed_categories('16', 'a', 'b', 'TRANSITION', DATE '2024-01-01');
SELECT municipality_id, region_id, rmc_office_id, attendance_office_id FROM directory_residence('GM0307', DATE '2024-01-01');
SELECT 1 / (has_table_privilege(:'app', 'directory_organisations', 'SELECT'))::int;
SELECT 1 / (NOT has_table_privilege(:'app', 'directory_organisations', 'INSERT'))::int;
