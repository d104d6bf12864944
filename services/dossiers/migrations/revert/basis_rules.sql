-- Revert dossiers:basis_rules from pg
BEGIN;

DROP TABLE basis_rules;

COMMIT;
