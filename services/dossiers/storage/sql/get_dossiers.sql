-- N askers, N dossiers: each judged and read in this one statement. Absent and not granted are the same row of NULLs.
-- $1 region, $2 id, $3 organisation, $4 purpose, $5 relations (comma-separated), $6 day; $7 seconds the register may be old.
SELECT c.ordinal, fresh.is_fresh, g.categories, g.bases,
       d.region_id, d.id, d.pupil_id, d.version, d.state, d.state_times, d.origin, d.finality, d.is_late_entrant,
       d.delivering_organisation_id, d.receiving_organisation_id, d.responsible_organisation_id,
       d.municipality_of_residence, d.has_start_qualification, d.school_year, d.due_on, d.birth_on, d.rejection_reason,
       d.rejection_note, d.created_at, d.updated_at, d.pgn_hash, d.pgn_sealed, d.section_categories, d.section_documents,
       d.views, d.handover, d.handover_participants, d.agreed_support, d.follow_up_outcome, d.declined_reason,
       d.first_year
  FROM unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::date[])
       WITH ORDINALITY AS c (region_id, id, organisation_id, purpose, relations, day, ordinal)
 CROSS JOIN register_freshness($7::bigint) fresh
 CROSS JOIN LATERAL granted_categories(c.region_id, c.id, c.organisation_id, c.purpose,
                                       string_to_array(c.relations, ','), c.day) g
  LEFT JOIN LATERAL dossier_content(c.region_id, c.id, g.categories, false) d
    ON fresh.is_fresh AND 'PROCESS' = ANY (g.categories)
 ORDER BY c.ordinal
