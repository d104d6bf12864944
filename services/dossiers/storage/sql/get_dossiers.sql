-- N askers, N dossiers: each judged and read in this one statement. Absent and not granted are the same row of NULLs.
-- $1 region, $2 id, $3 organisation, $4 purpose, $5 relations (comma-separated), $6 day; $7 seconds the register may be old.
WITH asked AS MATERIALIZED (
  SELECT c.ordinal, c.region_id, c.id, c.organisation_id, c.purpose, c.relations, c.day,
         home.municipality_of_residence AS town
    FROM unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::date[])
         WITH ORDINALITY AS c (region_id, id, organisation_id, purpose, relations, day, ordinal)
    LEFT JOIN dossiers home ON home.region_id = c.region_id AND home.id = c.id),
homes AS MATERIALIZED (
  -- Askers of two days meet in a batch around midnight only.
  SELECT CASE WHEN min(a.day) = max(a.day)
              THEN residence_homes(array_agg(a.organisation_id), array_agg(a.town), max(a.day)) END AS list
    FROM asked a),
judged AS MATERIALIZED (
  SELECT c.ordinal, c.region_id, c.id, fresh.is_fresh, g.categories, g.bases
    FROM asked c
   CROSS JOIN homes
   CROSS JOIN register_freshness($7::bigint) fresh
   CROSS JOIN LATERAL granted_categories(c.region_id, c.id, c.organisation_id, c.purpose,
                                         string_to_array(c.relations, ','), c.day, homes.list) g),
contents AS MATERIALIZED (
  SELECT d.*
    FROM (SELECT array_agg(j.region_id ORDER BY j.ordinal) AS regions,
                 array_agg(CASE WHEN j.is_fresh AND 'PROCESS' = ANY (j.categories) THEN j.id END ORDER BY j.ordinal) AS ids,
                 array_agg(array_to_string(j.categories, ',') ORDER BY j.ordinal) AS categories
            FROM judged j) whole
   CROSS JOIN LATERAL dossier_contents(whole.regions, whole.ids, whole.categories, false) d)
SELECT j.ordinal, j.is_fresh, j.categories, j.bases,
       d.region_id, d.id, d.pupil_id, d.version, d.state, d.state_times, d.origin, d.finality, d.is_late_entrant,
       d.delivering_organisation_id, d.receiving_organisation_id, d.responsible_organisation_id,
       d.municipality_of_residence, d.has_start_qualification, d.school_year, d.due_on, d.birth_on, d.rejection_reason,
       d.rejection_note, d.created_at, d.updated_at, d.pgn_hash, d.pgn_sealed, d.section_categories, d.section_documents,
       d.views, d.handover, d.handover_participants, d.agreed_support, d.follow_up_outcome, d.declined_reason,
       d.first_year
  FROM judged j
  LEFT JOIN contents d ON d.ordinal = j.ordinal
 ORDER BY j.ordinal
