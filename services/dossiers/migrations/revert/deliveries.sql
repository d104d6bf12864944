-- Revert dossiers:deliveries from pg
BEGIN;

DROP TABLE process_counts, recalls, holdings;

COMMIT;
