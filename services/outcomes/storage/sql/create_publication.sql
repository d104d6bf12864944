INSERT INTO cohort_publications (region_id, cohort_id, position, slice, population, folded, early_leavers)
SELECT $1::text, $2::text, r.position, r.slice, r.population, r.folded, r.early_leavers
  FROM unnest($3::text[], $4::bigint[], $5::bigint[], $6::bigint[]) WITH ORDINALITY
       AS r (slice, population, folded, early_leavers, position)
