SELECT slice, population, folded, early_leavers
  FROM cohort_publications
 WHERE region_id = $1::text AND cohort_id = $2::text
 ORDER BY position
