-- Revert outcomes:published_folded from pg
BEGIN;
ALTER TABLE cohort_publications
  DROP CONSTRAINT cohort_publications_whole,
  ADD CONSTRAINT cohort_publications_whole CHECK ((population IS NULL) = (early_leavers IS NULL)),
  DROP COLUMN folded;
COMMIT;
