SELECT region_id, id, institution_id, count_on, state, record_count, version, created_at, updated_at
  FROM cohorts
 WHERE region_id = $1::text AND id = $2::text AND institution_id = $3::text
