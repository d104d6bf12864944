-- Returns those made; one that is missing exists already for this pupil, school and school year.
INSERT INTO dossiers (region_id, id, pupil_id, version, state, state_times, origin, finality, is_late_entrant,
                      delivering_organisation_id, receiving_organisation_id, responsible_organisation_id,
                      municipality_of_residence, has_start_qualification, school_year, due_on, birth_on,
                      rejection_reason, rejection_note, created_at, updated_at)
SELECT c.region_id, c.id, p.id, c.version, c.state, string_to_array(c.state_times, ','), c.origin, c.finality,
       c.is_late_entrant, c.delivering_organisation_id, c.receiving_organisation_id, c.responsible_organisation_id,
       c.municipality_of_residence, c.has_start_qualification, c.school_year, c.due_on, c.birth_on,
       c.rejection_reason, c.rejection_note, c.created_at, c.updated_at
  FROM unnest($1::text[], $2::uuid[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::boolean[],
              $9::text[], $10::text[], $11::text[], $12::text[], $13::boolean[], $14::bigint[], $15::date[], $16::date[],
              $17::text[], $18::text[], $19::timestamptz[], $20::timestamptz[], $21::bytea[])
       AS c (region_id, id, version, state, state_times, origin, finality, is_late_entrant,
             delivering_organisation_id, receiving_organisation_id, responsible_organisation_id,
             municipality_of_residence, has_start_qualification, school_year, due_on, birth_on,
             rejection_reason, rejection_note, created_at, updated_at, pgn_hash)
  JOIN pupils p ON p.region_id = c.region_id AND p.pgn_hash = c.pgn_hash
 ORDER BY c.region_id, c.id
ON CONFLICT DO NOTHING
RETURNING id, pupil_id
