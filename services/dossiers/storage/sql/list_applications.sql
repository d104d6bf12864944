-- A stretch of the applications in a region, by id, and those among them that one asker may see: its own as institution
-- applied to, and those of dossiers it may see. Rows and parameters as in list_dossiers, but for
-- $9 dossier and $10 state (filters, NULL for any) and $11 candidates to take.
WITH candidates AS MATERIALIZED (
  SELECT c.id, c.dossier_id, bool_or(c.is_own) AS is_own
    FROM ((SELECT a.id, a.dossier_id, true AS is_own
             FROM applications a
            WHERE a.institution_id = $2::text AND a.region_id = $1::text AND a.id > $6::uuid
              AND 'RECEIVING' = ANY ($4::text[])
              AND ($9::uuid IS NULL OR a.dossier_id = $9::uuid)
              AND ($10::text IS NULL OR a.state = $10::text)
            ORDER BY a.id
            LIMIT $11::bigint)
          UNION ALL
          (SELECT a.id, a.dossier_id, false
             FROM (SELECT DISTINCT r.dossier_id
                     FROM related_dossiers($2::text, $4::text[], $5::date) r
                    WHERE r.region_id = $1::text AND ($9::uuid IS NULL OR r.dossier_id = $9::uuid)) r
             JOIN applications a ON a.region_id = $1::text AND a.dossier_id = r.dossier_id
            WHERE a.id > $6::uuid AND ($10::text IS NULL OR a.state = $10::text)
            ORDER BY a.id
            LIMIT $11::bigint)) c
   GROUP BY c.id, c.dossier_id
   ORDER BY c.id
   LIMIT $11::bigint),
page AS MATERIALIZED (
  SELECT c.id, g.categories, g.bases
    FROM candidates c
   CROSS JOIN LATERAL granted_categories(
           $1::text, c.dossier_id, $2::text, $3::text,
           $4::text[] || CASE WHEN c.is_own THEN ARRAY['APPLIED_TO'] ELSE '{}' END, $5::date) g
   WHERE 'PROCESS' = ANY (g.categories)
   ORDER BY c.id
   LIMIT $7::bigint)
SELECT fresh.is_fresh, stretch.last_candidate, stretch.candidates, p.categories, p.bases, d.version AS dossier_version,
       d.delivering_organisation_id, a.dossier_id, a.id, a.institution_id,
       a.course, a.applied_on, a.state, a.state_on, a.created_at
  FROM register_freshness($8::bigint) fresh
 CROSS JOIN (SELECT max(c.id::text) AS last_candidate, count(*) AS candidates FROM candidates c) stretch
  LEFT JOIN (page p JOIN applications a ON a.region_id = $1::text AND a.id = p.id) ON fresh.is_fresh
  LEFT JOIN dossiers d ON d.region_id = a.region_id AND d.id = a.dossier_id
 ORDER BY a.id
