-- Whole months of the counts of dossiers.
BEGIN;
SELECT region_id, process, state, responsible_organisation_id, due_on, month, value FROM process_months WHERE false;
SELECT 1 / (has_table_privilege('vsv_programs_worker', 'process_months', 'UPDATE'))::int;
SELECT 1 / (NOT has_table_privilege('vsv_programs_app', 'process_months', 'UPDATE'))::int;
ROLLBACK;
