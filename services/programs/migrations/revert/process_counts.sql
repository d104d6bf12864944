-- Takes the projection of the counts away.
BEGIN;
DROP TABLE process_counts_progress, process_counts;
COMMIT;
