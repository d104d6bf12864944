-- The tables of cohorts, the wall around the pupils, and that a published table stays as it is.
BEGIN;
SELECT region_id, id, institution_id, count_on, state, record_count, version, created_at, updated_at FROM cohorts WHERE false;
SELECT region_id, cohort_id, pupil_key, institution_id, record_reference, level, unit_code, prior_education_code, outcome,
       deciding_code, matches FROM cohort_pupils WHERE false;
SELECT region_id, cohort_id, position, slice, population, early_leavers FROM cohort_publications WHERE false;
SELECT 1 / (relrowsecurity AND relforcerowsecurity)::int FROM pg_class WHERE oid = 'cohort_pupils'::regclass;
SELECT 1 / (NOT has_table_privilege('vsv_outcomes_app', 'cohort_publications', 'UPDATE, DELETE'))::int;
ROLLBACK;
