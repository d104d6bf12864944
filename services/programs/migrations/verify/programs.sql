-- Programs of the regions.
BEGIN;
SELECT region_id, program_id, title, start_on, end_on, version FROM programs WHERE false;
SELECT region_id, program_id, line_id, budget_years, budget_cents FROM line_rows WHERE false;
SELECT region_id, program_id, line_id, measure_id, milestone_ids FROM measure_rows WHERE false;
SELECT region_id, program_id, line_id, indicator_link_id FROM indicator_links WHERE false;
SELECT region_id, program_id, assignment_id, crossed_line_ids, result_ids FROM special_assignment_rows WHERE false;
SELECT 1 / (has_table_privilege('vsv_programs_app', 'measures', 'SELECT'))::int;
SELECT 1 / (NOT has_table_privilege('vsv_programs_app', 'measures', 'DELETE'))::int;
SELECT 1 / (NOT has_table_privilege('vsv_programs_worker', 'measures', 'UPDATE'))::int;
ROLLBACK;
