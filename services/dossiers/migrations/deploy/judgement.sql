-- Deploy dossiers:judgement to pg
-- requires: row_security
-- The judgement at the price of what it looks at. What a statement folds in it begins at each execution, used or not; so
-- what few askers need (who serves a residence) stands in functions that keep a plan of their own. They are STABLE: they
-- read in the snapshot of the statement that calls them, and nothing is cached.
BEGIN;

\set app vsv_dossiers_app
\set worker vsv_dossiers_worker

-- As what an organisation of a kind serves the young people of a municipality on a day. A municipality is nobody's office.
CREATE FUNCTION residence_relations(municipality text, organisation text, kind text, day date) RETURNS text[]
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10000 AS $$
BEGIN
  IF kind = 'MUNICIPALITY' THEN
    RETURN ARRAY(SELECT 'MUNICIPALITY_OF_RESIDENCE'
                   FROM directory_residence(municipality, day) home
                  WHERE home.municipality_id = organisation);
  END IF;
  RETURN ARRAY(SELECT v.relation
                 FROM directory_residence(municipality, day) home
                CROSS JOIN LATERAL (VALUES (home.municipality_id, 'MUNICIPALITY_OF_RESIDENCE'),
                                           (home.rmc_office_id, 'RMC_OF_RESIDENCE'),
                                           (home.attendance_office_id, 'ATTENDANCE_OF_RESIDENCE'))
                      AS v (organisation_id, relation)
                WHERE v.organisation_id = organisation);
END
$$;

-- The offices that account for the young people of a municipality on a day; at most one row, none without a municipality.
CREATE FUNCTION residence_offices(municipality text, day date)
RETURNS TABLE (attendance_office_id text, rmc_office_id text)
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE COST 10000 ROWS 1 AS $$
BEGIN
  RETURN QUERY SELECT home.attendance_office_id, home.rmc_office_id FROM directory_residence(municipality, day) home;
END
$$;

-- What an organisation serves by its own code, and, for an office, the towns of its regions and that of its parent.
CREATE OR REPLACE FUNCTION served_municipalities(organisations text[], day date)
RETURNS TABLE (organisation_id text, municipality_code text, relation text)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT o.organisation_id, served.municipality_code, served.relation
    FROM directory_organisations o
   CROSS JOIN LATERAL (
      SELECT i.value, 'MUNICIPALITY_OF_RESIDENCE'
        FROM directory_identifiers i
       CROSS JOIN LATERAL directory_residence(i.value, day) r
       WHERE i.organisation_id = o.organisation_id AND i.scheme = 'MUNICIPALITY_CODE'
         AND r.municipality_id = o.organisation_id
      UNION ALL
      SELECT i.value, v.relation
        FROM (SELECT o.parent_id
              UNION
              SELECT town.organisation_id
                FROM directory_memberships own
                JOIN directory_memberships town ON town.region_id = own.region_id
               WHERE own.organisation_id = o.organisation_id) near (organisation_id)
        JOIN directory_identifiers i ON i.organisation_id = near.organisation_id AND i.scheme = 'MUNICIPALITY_CODE'
       CROSS JOIN LATERAL directory_residence(i.value, day) r
       CROSS JOIN LATERAL (VALUES (r.rmc_office_id, 'RMC_OF_RESIDENCE'),
                                  (r.attendance_office_id, 'ATTENDANCE_OF_RESIDENCE')) AS v (organisation_id, relation)
       WHERE o.kind <> 'MUNICIPALITY' AND v.organisation_id = o.organisation_id) AS served (municipality_code, relation)
   WHERE o.organisation_id = ANY (organisations)
     AND o.kind IN ('MUNICIPALITY', 'RMC_OFFICE', 'ATTENDANCE_OFFICE')
$$;

-- Whether the projection of the register knows the present. One row, so that it folds (a scalar function over a table does
-- not, and is planned again by every statement).
DROP FUNCTION register_is_fresh(bigint);
CREATE FUNCTION register_freshness(max_age_seconds bigint) RETURNS TABLE (is_fresh boolean)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT EXISTS (
    SELECT FROM directory_freshness f
     WHERE f.current_as_of_at >= statement_timestamp() - make_interval(secs => max_age_seconds))
$$;

CREATE OR REPLACE FUNCTION granted_categories(
  region text, dossier uuid, organisation text, purpose text, relations text[], day date)
RETURNS TABLE (categories text[], bases text[]) LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT array_agg(g.category ORDER BY g.category), array_agg(g.basis ORDER BY g.category)
    FROM (
      SELECT r.category,
             CASE min(array_position(ARRAY['LAW', 'AGREEMENT', 'CONSENT'], r.basis))
               WHEN 1 THEN 'LAW' WHEN 2 THEN 'AGREEMENT' ELSE 'CONSENT' END AS basis
        FROM dossiers d
        JOIN directory_organisations o ON o.organisation_id = $3 AND o.status = 'ACTIVE'
       CROSS JOIN LATERAL (
          SELECT array_agg(rel.relation) AS relations
            FROM (SELECT p.relation
                    FROM dossier_parties p
                   WHERE p.region_id = d.region_id AND p.dossier_id = d.id AND p.organisation_id = $3 AND p.to_at IS NULL
                     -- A consent is no way past the application: whoever is applied to gets the dossier when it is sent.
                     AND (p.relation <> 'CONSENTED_PARTY' OR NOT EXISTS (
                           SELECT FROM dossier_parties gate
                            WHERE gate.region_id = d.region_id AND gate.dossier_id = d.id AND gate.organisation_id = $3
                              AND gate.relation = 'APPLIED_TO' AND gate.to_at IS NULL))
                  UNION ALL
                  SELECT unnest(residence_relations(d.municipality_of_residence, $3, o.kind, $6))
                   WHERE o.kind IN ('MUNICIPALITY', 'RMC_OFFICE', 'ATTENDANCE_OFFICE')) rel (relation)
           WHERE rel.relation = ANY ($5)) asker
        JOIN basis_rules r ON r.relation = ANY (asker.relations) AND r.purpose = $4 AND d.state = ANY (r.states)
         AND r.valid_from <= $6 AND (r.valid_to IS NULL OR $6 < r.valid_to)
       WHERE d.region_id = $1 AND d.id = $2
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

-- Facts for decisions: what belongs to a dossier besides its content, and the offices of a municipality if one is named.
-- Never disclosed as such. One row.
DROP FUNCTION dossier_facts(text, uuid, date);
CREATE FUNCTION dossier_facts(region text, dossier uuid, municipality text, day date)
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
    FROM (SELECT) one
    LEFT JOIN LATERAL residence_offices($3, $4) home ON true
$$;

COMMIT;
