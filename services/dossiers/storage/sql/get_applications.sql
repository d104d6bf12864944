-- N askers, N applications: judged and read in one statement. The institution applied to has PROCESS on its own; everybody
-- else what it has on the dossier. $1-$6 as in get_dossiers; $7 application, $8 seconds the register may be old.
SELECT c.ordinal, fresh.is_fresh, g.categories, g.bases, d.version AS dossier_version, d.delivering_organisation_id,
       a.dossier_id, a.id, a.institution_id, a.course, a.applied_on, a.state, a.state_on, a.created_at
  FROM unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::date[], $7::uuid[])
       WITH ORDINALITY AS c (region_id, dossier_id, organisation_id, purpose, relations, day, id, ordinal)
 CROSS JOIN register_freshness($8::bigint) fresh
  LEFT JOIN applications own ON own.region_id = c.region_id AND own.dossier_id = c.dossier_id AND own.id = c.id
   AND own.institution_id = c.organisation_id AND c.relations LIKE '%RECEIVING%'
 CROSS JOIN LATERAL granted_categories(
         c.region_id, c.dossier_id, c.organisation_id, c.purpose,
         string_to_array(c.relations, ',') || CASE WHEN own.id IS NOT NULL THEN ARRAY['APPLIED_TO'] ELSE '{}' END,
         c.day) g
  LEFT JOIN applications a ON fresh.is_fresh AND 'PROCESS' = ANY (g.categories)
   AND a.region_id = c.region_id AND a.dossier_id = c.dossier_id AND a.id = c.id
  LEFT JOIN dossiers d ON d.region_id = a.region_id AND d.id = a.dossier_id
 ORDER BY c.ordinal
