-- Takes cohorts away.
BEGIN;
DROP TABLE cohort_publications, cohort_pupils, cohorts;
COMMIT;
