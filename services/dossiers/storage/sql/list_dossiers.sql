-- A stretch of the dossiers related to one asker, by id, and those among them that it may see: as many candidates are taken
-- in the order of an index as are judged, so that no page depends on how many dossiers there are. Always at least one
-- row; `last_candidate` and `candidates` tell how far the stretch went. A town is walked by a range and not by equality: with
-- equality the planner may take the order from the primary key and read the whole region for each town.
-- $1 region, $2 organisation, $3 purpose, $4 relations, $5 day, $6 after, $7 rows wanted, $8 seconds the register may be
-- old; filters, NULL for any: $9 state, $10 delivering, $11 receiving, $12 responsible, $13 school year, $14 due before;
-- $15 candidates to take.
WITH candidates AS MATERIALIZED (
  SELECT DISTINCT c.dossier_id
    FROM ((SELECT p.dossier_id
             FROM dossier_parties p
            WHERE p.organisation_id = $2::text AND p.region_id = $1::text AND p.dossier_id > $6::uuid
              AND p.to_at IS NULL AND p.relation = ANY ($4::text[])
            ORDER BY p.dossier_id
            LIMIT $15::bigint)
          UNION ALL
          (SELECT home.id
             FROM served_municipalities(ARRAY[$2::text], $5::date) s
            CROSS JOIN LATERAL (
               SELECT d.id
                 FROM dossiers d
                WHERE d.region_id = $1::text AND d.municipality_of_residence <= s.municipality_code
                  AND (d.municipality_of_residence, d.id) > (s.municipality_code, $6::uuid)
                ORDER BY d.municipality_of_residence, d.id
                LIMIT $15::bigint) home
            WHERE s.relation = ANY ($4::text[]))) c
   ORDER BY c.dossier_id
   LIMIT $15::bigint),
found AS MATERIALIZED (
  SELECT d.id, d.municipality_of_residence, d.state, d.delivering_organisation_id, d.receiving_organisation_id,
         d.responsible_organisation_id, d.school_year, d.due_on
    FROM candidates c
    JOIN dossiers d ON d.region_id = $1::text AND d.id = c.dossier_id),
homes AS MATERIALIZED (
  SELECT residence_homes(array_agg($2::text), array_agg(f.municipality_of_residence), $5::date) AS list FROM found f),
page AS MATERIALIZED (
  SELECT f.id AS dossier_id, g.categories, g.bases
    FROM found f
   CROSS JOIN homes
   CROSS JOIN LATERAL granted_categories($1::text, f.id, $2::text, $3::text, $4::text[], $5::date, homes.list) g
   WHERE 'PROCESS' = ANY (g.categories)
     AND ($9::text IS NULL OR f.state = $9::text)
     AND ($10::text IS NULL OR f.delivering_organisation_id = $10::text)
     AND ($11::text IS NULL OR f.receiving_organisation_id = $11::text)
     AND ($12::text IS NULL OR f.responsible_organisation_id = $12::text)
     AND ($13::integer IS NULL OR f.school_year = $13::integer)
     AND ($14::date IS NULL OR f.due_on < $14::date)
   ORDER BY f.id
   LIMIT $7::bigint)
SELECT fresh.is_fresh, stretch.last_candidate, stretch.candidates, p.categories, p.bases,
       d.region_id, d.id, d.pupil_id, d.version, d.state, d.state_times, d.origin, d.finality, d.is_late_entrant,
       d.delivering_organisation_id, d.receiving_organisation_id, d.responsible_organisation_id,
       d.municipality_of_residence, d.has_start_qualification, d.school_year, d.due_on, d.birth_on, d.rejection_reason,
       d.rejection_note, d.created_at, d.updated_at, d.pgn_hash, d.pgn_sealed, d.section_categories, d.section_documents,
       d.views, d.handover, d.handover_participants, d.agreed_support, d.follow_up_outcome, d.declined_reason,
       d.first_year
  FROM register_freshness($8::bigint) fresh
 CROSS JOIN (SELECT max(c.dossier_id::text) AS last_candidate, count(*) AS candidates FROM candidates c) stretch
  LEFT JOIN (page p CROSS JOIN LATERAL dossier_content($1::text, p.dossier_id, p.categories, false) d)
    ON fresh.is_fresh
 ORDER BY d.id
