-- Like get_dossiers, for a decision on locked rows: with the facts that rules need, and by way of an application where one
-- is the target (the institution applied to then has PROCESS). $7 application or NULL; $8 whether the asker has just changed
-- the dossier and may thereby have lost sight of it: it gets its process facts all the same.
-- $9 seconds the register may be old.
WITH judged AS MATERIALIZED (
  SELECT c.ordinal, c.region_id, c.id, c.day, fresh.is_fresh, g.categories, g.bases, a.id IS NOT NULL AS has_application,
         fresh.is_fresh AND (coalesce('PROCESS' = ANY (g.categories), false) OR c.is_changed) AS is_told
    FROM unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::date[], $7::uuid[], $8::boolean[])
         WITH ORDINALITY
         AS c (region_id, id, organisation_id, purpose, relations, day, application_id, is_changed, ordinal)
   CROSS JOIN register_freshness($9::bigint) fresh
    LEFT JOIN applications a ON a.region_id = c.region_id AND a.dossier_id = c.id AND a.id = c.application_id
   CROSS JOIN LATERAL granted_categories(
           c.region_id, c.id, c.organisation_id, c.purpose,
           string_to_array(c.relations, ',')
             || CASE WHEN a.institution_id = c.organisation_id AND c.relations LIKE '%RECEIVING%'
                     THEN ARRAY['APPLIED_TO'] ELSE '{}' END,
           c.day) g),
contents AS MATERIALIZED (
  SELECT d.*
    FROM (SELECT array_agg(j.region_id ORDER BY j.ordinal) AS regions,
                 array_agg(CASE WHEN j.is_told THEN j.id END ORDER BY j.ordinal) AS ids,
                 array_agg(array_to_string(coalesce(j.categories, '{PROCESS}'), ',') ORDER BY j.ordinal) AS categories
            FROM judged j) whole
   CROSS JOIN LATERAL dossier_contents(whole.regions, whole.ids, whole.categories, true) d)
SELECT j.ordinal, j.is_fresh, coalesce(j.categories, '{PROCESS}') AS categories, j.bases,
       j.has_application, x.applications, x.consents, x.attendance_office_id, x.rmc_office_id,
       d.region_id, d.id, d.pupil_id, d.version, d.state, d.state_times, d.origin, d.finality, d.is_late_entrant,
       d.delivering_organisation_id, d.receiving_organisation_id, d.responsible_organisation_id,
       d.municipality_of_residence, d.has_start_qualification, d.school_year, d.due_on, d.birth_on, d.rejection_reason,
       d.rejection_note, d.created_at, d.updated_at, d.pgn_hash, d.pgn_sealed, d.section_categories, d.section_documents,
       d.views, d.handover, d.handover_participants, d.agreed_support, d.follow_up_outcome, d.declined_reason,
       d.first_year
  FROM judged j
  LEFT JOIN contents d ON d.ordinal = j.ordinal
  LEFT JOIN LATERAL dossier_facts(j.region_id, j.id, CASE WHEN j.has_application THEN d.municipality_of_residence END,
                                  j.day) x ON d.id IS NOT NULL
 ORDER BY j.ordinal
