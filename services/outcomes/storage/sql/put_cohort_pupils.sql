INSERT INTO cohort_pupils (region_id, cohort_id, institution_id, pupil_key, record_reference, level, unit_code,
                           prior_education_code, outcome, deciding_code, matches)
SELECT $1::text, $2::text, $3::text, p.pupil_key, p.record_reference, p.level, p.unit_code, p.prior_education_code, p.outcome,
       p.deciding_code, string_to_array(p.matches, ',')
  FROM unnest($4::bytea[], $5::text[], $6::text[], $7::text[], $8::int[], $9::text[], $10::text[], $11::text[])
    AS p (pupil_key, record_reference, level, unit_code, prior_education_code, outcome, deciding_code, matches)
    ON CONFLICT ON CONSTRAINT cohort_pupils_pkey DO UPDATE
   SET record_reference = excluded.record_reference, level = excluded.level, unit_code = excluded.unit_code,
       prior_education_code = excluded.prior_education_code, outcome = excluded.outcome,
       deciding_code = excluded.deciding_code, matches = excluded.matches
