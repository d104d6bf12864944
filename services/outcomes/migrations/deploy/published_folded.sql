-- Deploy outcomes:published_folded to pg
-- requires: cohorts
-- How many of a published row have a folded code. `population` is without them: A - B, of which B has some of them, is told only
-- where there are none. Tables that are published already stay as they are.
BEGIN;
ALTER TABLE cohort_publications ADD COLUMN folded bigint;
UPDATE cohort_publications SET folded = 0 WHERE population IS NOT NULL;
ALTER TABLE cohort_publications
  DROP CONSTRAINT cohort_publications_whole,
  ADD CONSTRAINT cohort_publications_whole
    CHECK ((population IS NULL) = (early_leavers IS NULL) AND (population IS NULL) = (folded IS NULL));
COMMIT;
