-- Deploy outcomes:published_untold to pg
-- requires: published_folded
-- A table that was published before published_folded has A less all whom B decided as its population, the exempted among
-- them: whoever knows A and the other codes of B subtracts. It is such a table when its total says that nobody is folded and
-- its cohort has folded pupils. All of it is withheld, for the rows together tell what one of them does not.
BEGIN;
-- The wall has no opening for who owns it. It stands again before anybody else can look.
ALTER TABLE cohort_pupils NO FORCE ROW LEVEL SECURITY;
UPDATE cohort_publications AS p
   SET population = NULL, folded = NULL, early_leavers = NULL
  FROM cohort_publications AS t
 WHERE t.slice = 'total' AND t.folded = 0
   AND p.region_id = t.region_id AND p.cohort_id = t.cohort_id
   AND EXISTS (SELECT FROM cohort_pupils AS c
                WHERE c.region_id = t.region_id AND c.cohort_id = t.cohort_id
                  AND c.outcome <> 'OUTSIDE_POPULATION' AND c.matches && ARRAY['B3', 'C7', 'C8', 'C11']);
ALTER TABLE cohort_pupils FORCE ROW LEVEL SECURITY;
COMMIT;
