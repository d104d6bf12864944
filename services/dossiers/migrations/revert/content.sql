-- Revert dossiers:content from pg
-- Back to the function of grants.
BEGIN;

DROP FUNCTION dossier_contents(text[], uuid[], text[], boolean);
CREATE FUNCTION dossier_content(region text, dossier uuid, categories text[], facts boolean)
RETURNS TABLE (
  region_id text, id uuid, pupil_id uuid, version bigint, state text, state_times text[], origin text, finality text,
  is_late_entrant boolean, delivering_organisation_id text, receiving_organisation_id text,
  responsible_organisation_id text, municipality_of_residence text, has_start_qualification boolean,
  school_year integer, due_on date, birth_on date, rejection_reason text, rejection_note text,
  created_at timestamptz, updated_at timestamptz, pgn_hash bytea, pgn_sealed bytea, section_categories text[],
  section_documents bytea[], views text[], handover text[], handover_participants text[], agreed_support text,
  follow_up_outcome text, declined_reason text, first_year text[])
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT d.region_id, d.id, d.pupil_id, d.version, d.state, d.state_times, d.origin, d.finality,
         d.is_late_entrant, d.delivering_organisation_id, d.receiving_organisation_id,
         d.responsible_organisation_id, d.municipality_of_residence, d.has_start_qualification,
         d.school_year, d.due_on, CASE WHEN $4 OR 'ADMINISTRATIVE' = ANY ($3) THEN d.birth_on END,
         d.rejection_reason, d.rejection_note, d.created_at, d.updated_at,
         pupil.pgn_hash, pupil.pgn_sealed, section.categories, section.documents,
         (SELECT array_agg(f.field ORDER BY v.recorded_at, v.id, f.ordinal)
            FROM person_views v
           CROSS JOIN LATERAL unnest(ARRAY[v.id::text, v.person, v.role, v.seen_on::text, v.opinion, v.reason, v.evidence,
                   v.is_permitted_by_student::text, v.content_version::text,
                   (extract(epoch FROM v.recorded_at) * 1000000)::bigint::text])
                 WITH ORDINALITY AS f (field, ordinal)
           WHERE v.region_id = $1 AND v.dossier_id = $2 AND 'VIEW' = ANY ($3)),
         CASE WHEN w.state IS NOT NULL THEN
           ARRAY[w.state, coalesce(w.planned_on::text, ''), coalesce(w.held_on::text, ''),
                 coalesce(w.support_agreed_on::text, ''), coalesce(w.support_agreed_by, ''),
                 coalesce(w.first_school_on::text, ''), coalesce(w.followed_up_on::text, ''),
                 coalesce(w.due_on::text, '')] END,
         w.participants, x.agreed_support, x.follow_up_outcome, x.declined_reason,
         (SELECT array_agg(f.field ORDER BY y.count_on, f.ordinal)
            FROM first_year_outcomes y
           CROSS JOIN LATERAL unnest(ARRAY[y.count_on::text, y.status,
                   CASE WHEN 'CAREER' = ANY ($3) THEN y.reason ELSE '' END,
                   CASE WHEN 'CAREER' = ANY ($3) THEN y.destination ELSE '' END,
                   (extract(epoch FROM y.recorded_at) * 1000000)::bigint::text])
                 WITH ORDINALITY AS f (field, ordinal)
           WHERE y.region_id = $1 AND y.dossier_id = $2)
    FROM dossiers d
    LEFT JOIN pupils pupil ON 'PGN' = ANY ($3) AND pupil.region_id = d.region_id AND pupil.id = d.pupil_id
    LEFT JOIN warm_handovers w ON w.region_id = d.region_id AND w.dossier_id = d.id
    LEFT JOIN warm_handover_texts x ON 'SUPPORT' = ANY ($3) AND x.region_id = d.region_id AND x.dossier_id = d.id
   CROSS JOIN LATERAL (
      SELECT array_agg(s.category ORDER BY s.category) AS categories,
             array_agg(s.document ORDER BY s.category) AS documents
        FROM dossier_sections s
       WHERE s.region_id = $1 AND s.dossier_id = $2 AND s.category = ANY ($3)) section
   WHERE d.region_id = $1 AND d.id = $2
$$;

COMMIT;
