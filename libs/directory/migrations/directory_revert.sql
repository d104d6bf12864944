-- See directory.sql.
DROP FUNCTION directory_residence(text, date);
DROP FUNCTION directory_agreed_categories(text, text, text, text, date);
DROP VIEW directory_flows, directory_freshness;
DROP TABLE directory_organisations, directory_lineages, directory_identifiers, directory_regions, directory_memberships,
  directory_programme_roles, directory_agreements, directory_agreement_parties, directory_mandates,
  directory_credentials;
