-- Deploy dossiers:grants to pg
-- requires: basis_rules
-- requires: deliveries
-- The judgement. Functions of one SELECT, which the planner folds into the statement that calls them: relation, rule,
-- agreement and consent are read in the same statement and snapshot as the data they protect, and nothing is cached.
BEGIN;

-- Days are days in the Netherlands.
CREATE FUNCTION local_day(moment timestamptz) RETURNS date LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT (moment AT TIME ZONE 'Europe/Amsterdam')::date
$$;

-- Whether the projection of the register knows the present. Older than allowed, nothing that depends on it is judged.
CREATE FUNCTION register_is_fresh(max_age_seconds bigint) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT EXISTS (
    SELECT FROM directory_freshness f
     WHERE f.current_as_of_at >= statement_timestamp() - make_interval(secs => max_age_seconds))
$$;

-- The municipalities whose young people an organisation serves on a day, and as what. The other way round than
-- directory_residence, and judged by it, so that the two never differ.
CREATE FUNCTION served_municipalities(organisations text[], day date)
RETURNS TABLE (organisation_id text, municipality_code text, relation text)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT o.organisation_id, i.value, v.relation
    FROM directory_organisations o
    JOIN directory_identifiers i ON i.scheme = 'MUNICIPALITY_CODE'
     AND (i.organisation_id = o.organisation_id
          OR i.organisation_id = o.parent_id
          OR i.organisation_id IN (SELECT town.organisation_id
                                     FROM directory_memberships own
                                     JOIN directory_memberships town ON town.region_id = own.region_id
                                    WHERE own.organisation_id = o.organisation_id))
   CROSS JOIN LATERAL directory_residence(i.value, day) r
   CROSS JOIN LATERAL (VALUES (r.municipality_id, 'MUNICIPALITY_OF_RESIDENCE'),
                              (r.rmc_office_id, 'RMC_OF_RESIDENCE'),
                              (r.attendance_office_id, 'ATTENDANCE_OF_RESIDENCE')) AS v (organisation_id, relation)
   WHERE o.organisation_id = ANY (organisations)
     AND o.kind IN ('MUNICIPALITY', 'RMC_OFFICE', 'ATTENDANCE_OFFICE')
     AND v.organisation_id = o.organisation_id
$$;

-- Candidates: dossiers in which an organisation has any of `relations` on a day, before rules are applied. May name a
-- dossier twice.
CREATE FUNCTION related_dossiers(organisation text, relations text[], day date)
RETURNS TABLE (region_id text, dossier_id uuid) LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT p.region_id, p.dossier_id
    FROM dossier_parties p
   WHERE p.organisation_id = organisation AND p.relation = ANY (relations) AND p.to_at IS NULL
  UNION ALL
  SELECT d.region_id, d.id
    FROM served_municipalities(ARRAY[organisation], day) s
    JOIN dossiers d ON d.municipality_of_residence = s.municipality_code
   WHERE s.relation = ANY (relations)
$$;

-- What `organisation` may have of one dossier for `purpose`, by `relations` alone, on a day. Exactly one row: categories in
-- alphabetical order with the strongest basis of each (LAW before AGREEMENT before CONSENT), or NULLs when there is none.
-- Without PROCESS the dossier does not exist for it.
CREATE FUNCTION granted_categories(region text, dossier uuid, organisation text, purpose text, relations text[], day date)
RETURNS TABLE (categories text[], bases text[]) LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT array_agg(g.category ORDER BY g.category), array_agg(g.basis ORDER BY g.category)
    FROM (
      SELECT r.category,
             CASE min(array_position(ARRAY['LAW', 'AGREEMENT', 'CONSENT'], r.basis))
               WHEN 1 THEN 'LAW' WHEN 2 THEN 'AGREEMENT' ELSE 'CONSENT' END AS basis
        FROM dossiers d
        JOIN directory_organisations o ON o.organisation_id = $3 AND o.status = 'ACTIVE'
       CROSS JOIN LATERAL (
          SELECT p.relation
            FROM dossier_parties p
           WHERE p.region_id = d.region_id AND p.dossier_id = d.id AND p.organisation_id = $3 AND p.to_at IS NULL
             -- A consent is no way past the application: whoever is applied to gets the dossier when it is sent.
             AND (p.relation <> 'CONSENTED_PARTY' OR NOT EXISTS (
                   SELECT FROM dossier_parties gate
                    WHERE gate.region_id = d.region_id AND gate.dossier_id = d.id AND gate.organisation_id = $3
                      AND gate.relation = 'APPLIED_TO' AND gate.to_at IS NULL))
          UNION ALL
          SELECT v.relation
            FROM directory_residence(d.municipality_of_residence, $6) home
           CROSS JOIN LATERAL (VALUES (home.municipality_id, 'MUNICIPALITY_OF_RESIDENCE'),
                                      (home.rmc_office_id, 'RMC_OF_RESIDENCE'),
                                      (home.attendance_office_id, 'ATTENDANCE_OF_RESIDENCE'))
                 AS v (organisation_id, relation)
           WHERE v.organisation_id = $3 AND o.kind IN ('MUNICIPALITY', 'RMC_OFFICE', 'ATTENDANCE_OFFICE')
       ) rel
        JOIN basis_rules r ON r.relation = rel.relation AND r.purpose = $4 AND d.state = ANY (r.states)
         AND r.valid_from <= $6 AND (r.valid_to IS NULL OR $6 < r.valid_to)
       WHERE d.region_id = $1 AND d.id = $2
         AND rel.relation = ANY ($5)
         AND (r.basis = 'LAW'
              OR (r.basis = 'AGREEMENT' AND EXISTS (
                   SELECT FROM directory_flows f
                    WHERE f.region_id = d.region_id AND f.provider_id = d.delivering_organisation_id
                      AND f.receiver_id = $3 AND f.validity @> $6 AND f.legal_basis <> 'CONSENT'
                      AND $4 = ANY (f.purposes) AND r.category = ANY (f.data_categories)))
              OR (r.basis = 'CONSENT' AND EXISTS (
                   SELECT FROM consents c
                    WHERE c.region_id = d.region_id AND c.dossier_id = d.id AND c.recipient_organisation_id = $3
                      AND c.purpose = $4 AND (c.category = r.category OR r.category = 'PROCESS')
                      AND $6 BETWEEN c.valid_from AND c.valid_until AND c.withdrawn_at IS NULL)))
       GROUP BY r.category
    ) g
$$;

-- A dossier as far as `categories` go: what is not among them never leaves the database. Lists of what belongs to a dossier
-- are flat text arrays of a fixed number of elements per entry (storage/dossier_columns.cc reads them); moments are
-- microseconds since 1970. The birth date is ADMINISTRATIVE; `facts` gives it to decisions, which disclose nothing.
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

-- Facts for decisions: what belongs to a dossier besides its content. Never disclosed as such.
CREATE FUNCTION dossier_facts(region text, dossier uuid, day date)
RETURNS TABLE (applications text[], consents text[], attendance_office_id text, rmc_office_id text)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT (SELECT array_agg(f.field ORDER BY a.id, f.ordinal)
            FROM applications a
           CROSS JOIN LATERAL unnest(ARRAY[a.id::text, a.institution_id, a.course, a.applied_on::text, a.state,
                   a.state_on::text, (extract(epoch FROM a.created_at) * 1000000)::bigint::text])
                 WITH ORDINALITY AS f (field, ordinal)
           WHERE a.region_id = $1 AND a.dossier_id = $2),
         (SELECT array_agg(f.field ORDER BY c.recorded_at, c.id, f.ordinal)
            FROM consents c
           CROSS JOIN LATERAL unnest(ARRAY[c.id::text, c.category, c.recipient_organisation_id, c.purpose,
                   c.valid_from::text, c.valid_until::text, c.given_by, c.given_on::text, c.evidence,
                   c.recorded_by_organisation_id, (extract(epoch FROM c.recorded_at) * 1000000)::bigint::text,
                   coalesce((extract(epoch FROM c.withdrawn_at) * 1000000)::bigint::text, '')])
                 WITH ORDINALITY AS f (field, ordinal)
           WHERE c.region_id = $1 AND c.dossier_id = $2),
         home.attendance_office_id, home.rmc_office_id
    FROM dossiers d
    LEFT JOIN LATERAL directory_residence(d.municipality_of_residence, $3) home ON true
   WHERE d.region_id = $1 AND d.id = $2
$$;

COMMIT;
