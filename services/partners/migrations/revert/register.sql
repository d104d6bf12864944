-- Takes the register away.
BEGIN;
DROP TABLE credentials, mandates, agreement_parties, agreements, programme_roles, region_memberships, regions,
  organisation_contacts, organisation_identifiers, organisations;
COMMIT;
