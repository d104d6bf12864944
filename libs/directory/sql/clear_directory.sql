WITH organisations AS (DELETE FROM directory_organisations), lineages AS (DELETE FROM directory_lineages),
     identifiers AS (DELETE FROM directory_identifiers), regions AS (DELETE FROM directory_regions),
     memberships AS (DELETE FROM directory_memberships), programme_roles AS (DELETE FROM directory_programme_roles),
     agreements AS (DELETE FROM directory_agreements), parties AS (DELETE FROM directory_agreement_parties),
     mandates AS (DELETE FROM directory_mandates)
DELETE FROM directory_credentials
