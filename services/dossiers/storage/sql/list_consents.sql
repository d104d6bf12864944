-- The consents of one dossier that its asker may see: with VIEW all, else those that name the asker, and none where the
-- dossier does not exist for it. One row without a consent when there is none. $1-$6 as in get_dossiers, one element each;
-- $7 seconds the register may be old.
SELECT fresh.is_fresh, g.categories, g.bases, d.version AS dossier_version, d.delivering_organisation_id, k.id, k.category,
       k.recipient_organisation_id, k.purpose, k.valid_from, k.valid_until,
       k.given_by, k.given_on, k.evidence, k.recorded_by_organisation_id, k.recorded_at, k.withdrawn_at
  FROM unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::date[])
       AS c (region_id, id, organisation_id, purpose, relations, day)
 CROSS JOIN register_freshness($7::bigint) fresh
 CROSS JOIN LATERAL granted_categories(c.region_id, c.id, c.organisation_id, c.purpose,
                                       string_to_array(c.relations, ','), c.day) g
  LEFT JOIN consents k ON fresh.is_fresh AND 'PROCESS' = ANY (g.categories)
   AND k.region_id = c.region_id AND k.dossier_id = c.id
   AND ('VIEW' = ANY (g.categories) OR k.recipient_organisation_id = c.organisation_id)
  LEFT JOIN dossiers d ON d.region_id = k.region_id AND d.id = k.dossier_id
 ORDER BY k.recorded_at, k.id
