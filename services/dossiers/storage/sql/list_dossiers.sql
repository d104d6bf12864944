-- One page of what one asker may see, by id. Always at least one row, so that a stale register is told from an empty page.
-- $1 region, $2 organisation, $3 purpose, $4 relations, $5 day, $6 after, $7 page size, $8 seconds the register may be old;
-- filters, NULL for any: $9 state, $10 delivering, $11 receiving, $12 responsible, $13 school year, $14 due before.
WITH page AS (
  SELECT c.region_id, c.dossier_id, g.categories, g.bases
    FROM (SELECT DISTINCT r.region_id, r.dossier_id
            FROM related_dossiers($2::text, $4::text[], $5::date) r
           WHERE r.region_id = $1::text AND r.dossier_id > $6::uuid) c
    JOIN dossiers f ON f.region_id = c.region_id AND f.id = c.dossier_id
   CROSS JOIN LATERAL granted_categories(c.region_id, c.dossier_id, $2::text, $3::text, $4::text[], $5::date) g
   WHERE 'PROCESS' = ANY (g.categories)
     AND ($9::text IS NULL OR f.state = $9::text)
     AND ($10::text IS NULL OR f.delivering_organisation_id = $10::text)
     AND ($11::text IS NULL OR f.receiving_organisation_id = $11::text)
     AND ($12::text IS NULL OR f.responsible_organisation_id = $12::text)
     AND ($13::integer IS NULL OR f.school_year = $13::integer)
     AND ($14::date IS NULL OR f.due_on < $14::date)
   ORDER BY c.dossier_id
   LIMIT $7::bigint)
SELECT fresh.is_fresh, p.categories, p.bases,
       d.region_id, d.id, d.pupil_id, d.version, d.state, d.state_times, d.origin, d.finality, d.is_late_entrant,
       d.delivering_organisation_id, d.receiving_organisation_id, d.responsible_organisation_id,
       d.municipality_of_residence, d.has_start_qualification, d.school_year, d.due_on, d.birth_on, d.rejection_reason,
       d.rejection_note, d.created_at, d.updated_at, d.pgn_hash, d.pgn_sealed, d.section_categories, d.section_documents,
       d.views, d.handover, d.handover_participants, d.agreed_support, d.follow_up_outcome, d.declined_reason,
       d.first_year
  FROM (SELECT register_is_fresh($8::bigint) AS is_fresh) fresh
  LEFT JOIN (page p CROSS JOIN LATERAL dossier_content(p.region_id, p.dossier_id, p.categories, false) d)
    ON fresh.is_fresh
 ORDER BY d.id
