SELECT pupil_key
  FROM cohort_pupils
 WHERE region_id = $1::text AND cohort_id = $2::text AND record_reference = $3::text AND institution_id = $4::text
