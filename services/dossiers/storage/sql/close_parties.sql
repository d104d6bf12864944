UPDATE dossier_parties p
   SET to_at = c.to_at
  FROM unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::timestamptz[])
       AS c (region_id, dossier_id, organisation_id, relation, to_at)
 WHERE p.region_id = c.region_id AND p.dossier_id = c.dossier_id AND p.organisation_id = c.organisation_id
   AND p.relation = c.relation AND p.to_at IS NULL
