-- One page of the applications in a region that one asker may see, by id: its own as institution applied to, and those of
-- dossiers it may see. Always at least one row (see list_dossiers).
-- $1 region, $2 organisation, $3 purpose, $4 relations, $5 day, $6 after, $7 page size, $8 seconds the register may be old;
-- filters, NULL for any: $9 dossier, $10 state.
WITH page AS (
  SELECT c.region_id, c.id, g.categories
    FROM (SELECT a.region_id, a.dossier_id, a.id, true AS is_own
            FROM applications a
           WHERE a.institution_id = $2::text AND 'RECEIVING' = ANY ($4::text[])
          UNION ALL
          SELECT DISTINCT a.region_id, a.dossier_id, a.id, false
            FROM related_dossiers($2::text, $4::text[], $5::date) r
            JOIN applications a ON a.region_id = r.region_id AND a.dossier_id = r.dossier_id
           WHERE NOT (a.institution_id = $2::text AND 'RECEIVING' = ANY ($4::text[]))) c
    JOIN applications f ON f.region_id = c.region_id AND f.id = c.id
   CROSS JOIN LATERAL granted_categories(
           c.region_id, c.dossier_id, $2::text, $3::text,
           $4::text[] || CASE WHEN c.is_own THEN ARRAY['APPLIED_TO'] ELSE '{}' END, $5::date) g
   WHERE c.region_id = $1::text AND c.id > $6::uuid AND 'PROCESS' = ANY (g.categories)
     AND ($9::uuid IS NULL OR f.dossier_id = $9::uuid)
     AND ($10::text IS NULL OR f.state = $10::text)
   ORDER BY c.id
   LIMIT $7::bigint)
SELECT fresh.is_fresh, p.categories, a.dossier_id, a.id, a.institution_id, a.course, a.applied_on, a.state, a.state_on, a.created_at
  FROM (SELECT register_is_fresh($8::bigint) AS is_fresh) fresh
  LEFT JOIN (page p JOIN applications a ON a.region_id = p.region_id AND a.id = p.id) ON fresh.is_fresh
 ORDER BY a.id
