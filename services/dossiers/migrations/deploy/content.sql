-- Deploy dossiers:content to pg
-- requires: served
-- The content of many dossiers behind the wall, which is asked once per dossier and not once per row of what belongs to it:
-- a policy cannot know that the row before was of the same dossier (docs/adr/0018).
BEGIN;

\set app vsv_dossiers_app

DROP FUNCTION dossier_content(text, uuid, text[], boolean);

-- Dossiers as far as `categories` (comma-separated, one for each dossier) go: what is not among them never leaves the
-- database. Runs as the owner, to whom the policies show everything, and shows what they show to the callers: the process
-- facts to whoever stands in any relation to the dossier, what belongs to it to whoever has another one than an application.
-- Lists of what belongs to a dossier are flat text arrays of a fixed number of elements per entry (storage/dossier_columns.cc
-- reads them); moments are microseconds since 1970. The birth date is ADMINISTRATIVE; `facts` gives it to decisions, which
-- disclose nothing.
CREATE FUNCTION dossier_contents(regions text[], dossiers uuid[], categories text[], facts boolean)
RETURNS TABLE (
  ordinal bigint, region_id text, id uuid, pupil_id uuid, version bigint, state text, state_times text[], origin text,
  finality text, is_late_entrant boolean, delivering_organisation_id text, receiving_organisation_id text,
  responsible_organisation_id text, municipality_of_residence text, has_start_qualification boolean,
  school_year integer, due_on date, birth_on date, rejection_reason text, rejection_note text,
  created_at timestamptz, updated_at timestamptz, pgn_hash bytea, pgn_sealed bytea, section_categories text[],
  section_documents bytea[], views text[], handover text[], handover_participants text[], agreed_support text,
  follow_up_outcome text, declined_reason text, first_year text[])
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL UNSAFE COST 10000 ROWS 100
SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  callers text[] := vsv_callers();
BEGIN
  RETURN QUERY
    WITH seen AS MATERIALIZED (
      SELECT c.ordinal, string_to_array(c.categories, ',') AS categories, d.*,
             coalesce(party.is_inside, false)
               OR d.municipality_of_residence = ANY ((SELECT vsv_served_municipalities())::text[]) AS is_inside
        FROM unnest($1, $2, $3) WITH ORDINALITY AS c (region_id, id, categories, ordinal)
        JOIN dossiers d ON d.region_id = c.region_id AND d.id = c.id
       CROSS JOIN LATERAL (
          SELECT bool_or(p.relation <> 'APPLIED_TO') AS is_inside
            FROM dossier_parties p
           WHERE p.region_id = c.region_id AND p.dossier_id = c.id AND p.organisation_id COLLATE "C" = ANY (callers)
             AND p.to_at IS NULL) party
       WHERE party.is_inside IS NOT NULL
          OR d.delivering_organisation_id = ANY (callers)
          OR d.municipality_of_residence = ANY ((SELECT vsv_served_municipalities())::text[]))
    SELECT d.ordinal, d.region_id, d.id, d.pupil_id, d.version, d.state, d.state_times, d.origin, d.finality,
           d.is_late_entrant, d.delivering_organisation_id, d.receiving_organisation_id,
           d.responsible_organisation_id, d.municipality_of_residence, d.has_start_qualification,
           d.school_year, d.due_on, CASE WHEN $4 OR 'ADMINISTRATIVE' = ANY (d.categories) THEN d.birth_on END,
           d.rejection_reason, d.rejection_note, d.created_at, d.updated_at,
           pupil.pgn_hash, pupil.pgn_sealed, section.categories, section.documents,
           (SELECT array_agg(f.field ORDER BY v.recorded_at, v.id, f.ordinal)
              FROM person_views v
             CROSS JOIN LATERAL unnest(ARRAY[v.id::text, v.person, v.role, v.seen_on::text, v.opinion, v.reason, v.evidence,
                     v.is_permitted_by_student::text, v.content_version::text,
                     (extract(epoch FROM v.recorded_at) * 1000000)::bigint::text])
                   WITH ORDINALITY AS f (field, ordinal)
             WHERE v.region_id = d.region_id AND v.dossier_id = d.id AND d.is_inside AND 'VIEW' = ANY (d.categories)),
           CASE WHEN w.state IS NOT NULL THEN
             ARRAY[w.state, coalesce(w.planned_on::text, ''), coalesce(w.held_on::text, ''),
                   coalesce(w.support_agreed_on::text, ''), coalesce(w.support_agreed_by, ''),
                   coalesce(w.first_school_on::text, ''), coalesce(w.followed_up_on::text, ''),
                   coalesce(w.due_on::text, '')] END,
           w.participants, x.agreed_support, x.follow_up_outcome, x.declined_reason,
           (SELECT array_agg(f.field ORDER BY y.count_on, f.ordinal)
              FROM first_year_outcomes y
             CROSS JOIN LATERAL unnest(ARRAY[y.count_on::text, y.status,
                     CASE WHEN 'CAREER' = ANY (d.categories) THEN y.reason ELSE '' END,
                     CASE WHEN 'CAREER' = ANY (d.categories) THEN y.destination ELSE '' END,
                     (extract(epoch FROM y.recorded_at) * 1000000)::bigint::text])
                   WITH ORDINALITY AS f (field, ordinal)
             WHERE y.region_id = d.region_id AND y.dossier_id = d.id AND d.is_inside)
      FROM seen d
      -- What is not granted is not looked up: of a NULL, an index has no entry to read.
      LEFT JOIN pupils pupil ON pupil.region_id = d.region_id
       AND pupil.id = CASE WHEN 'PGN' = ANY (d.categories) THEN d.pupil_id END
      LEFT JOIN warm_handovers w ON w.region_id = d.region_id AND w.dossier_id = CASE WHEN d.is_inside THEN d.id END
      LEFT JOIN warm_handover_texts x ON x.region_id = d.region_id
       AND x.dossier_id = CASE WHEN d.is_inside AND 'SUPPORT' = ANY (d.categories) THEN d.id END
     CROSS JOIN LATERAL (
        SELECT array_agg(s.category ORDER BY s.category) AS categories,
               array_agg(s.document ORDER BY s.category) AS documents
          FROM dossier_sections s
         WHERE s.region_id = d.region_id AND s.dossier_id = d.id AND d.is_inside
           AND s.category = ANY (d.categories)) section;
END
$$;
REVOKE ALL ON FUNCTION dossier_contents(text[], uuid[], text[], boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION dossier_contents(text[], uuid[], text[], boolean) TO :"app";

COMMIT;
