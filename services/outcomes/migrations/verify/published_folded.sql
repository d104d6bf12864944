-- Verify outcomes:published_folded on pg
BEGIN;
SELECT region_id, cohort_id, position, slice, population, folded, early_leavers FROM cohort_publications WHERE false;
ROLLBACK;
