SELECT prior_education_code::text AS slice, outcome, deciding_code, matches, count(*) AS pupils
  FROM cohort_pupils
 WHERE region_id = $1::text AND cohort_id = $2::text AND institution_id = $3::text
 GROUP BY 1, outcome, deciding_code, matches
