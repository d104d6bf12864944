-- See deploy.
BEGIN;
DROP INDEX process_counts_day_idx;
DROP TABLE process_months;
COMMIT;
