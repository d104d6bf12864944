-- The rows are locked and their versions checked; one that came in sight between the two may have been changed since. The
-- parameters are those of insert_dossiers; what never changes is not set.
UPDATE dossiers d
   SET version = c.version, state = c.state, state_times = string_to_array(c.state_times, ','), origin = c.origin,
       finality = c.finality, is_late_entrant = c.is_late_entrant,
       receiving_organisation_id = c.receiving_organisation_id,
       responsible_organisation_id = c.responsible_organisation_id,
       municipality_of_residence = c.municipality_of_residence, has_start_qualification = c.has_start_qualification,
       school_year = c.school_year, due_on = c.due_on, birth_on = c.birth_on, rejection_reason = c.rejection_reason,
       rejection_note = c.rejection_note, updated_at = c.updated_at
  FROM unnest($1::text[], $2::uuid[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::boolean[],
              $9::text[], $10::text[], $11::text[], $12::text[], $13::boolean[], $14::bigint[], $15::date[], $16::date[],
              $17::text[], $18::text[], $19::timestamptz[], $20::timestamptz[], $21::bytea[])
       AS c (region_id, id, version, state, state_times, origin, finality, is_late_entrant,
             delivering_organisation_id, receiving_organisation_id, responsible_organisation_id,
             municipality_of_residence, has_start_qualification, school_year, due_on, birth_on,
             rejection_reason, rejection_note, created_at, updated_at, pgn_hash)
 WHERE d.region_id = c.region_id AND d.id = c.id AND d.version = c.version - 1
