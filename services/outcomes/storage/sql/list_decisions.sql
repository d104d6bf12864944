SELECT pupil_key, record_reference, level, unit_code, prior_education_code, outcome, deciding_code, matches
  FROM cohort_pupils
 WHERE region_id = $1::text AND cohort_id = $2::text AND institution_id = $3::text AND record_reference > $4::text
   AND ($5::text IS NULL OR outcome = $5::text)
 ORDER BY record_reference
 LIMIT $6::int
