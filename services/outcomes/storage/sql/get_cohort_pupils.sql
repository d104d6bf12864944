SELECT p.pupil_key, p.record_reference, p.level, p.unit_code, p.prior_education_code, p.outcome, p.deciding_code, p.matches
  FROM cohort_pupils p
 WHERE p.region_id = $1::text AND p.cohort_id = $2::text
   AND (p.pupil_key = ANY ($3::bytea[]) OR p.record_reference = ANY ($4::text[]))
