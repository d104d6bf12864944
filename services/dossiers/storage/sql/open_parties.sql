INSERT INTO dossier_parties (region_id, dossier_id, organisation_id, relation, set_by_organisation_id, from_at, to_at)
SELECT c.region_id, c.dossier_id, c.organisation_id, c.relation, c.set_by_organisation_id, c.from_at, NULL
  FROM unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::timestamptz[])
       AS c (region_id, dossier_id, organisation_id, relation, set_by_organisation_id, from_at)
 ORDER BY c.region_id, c.dossier_id, c.organisation_id, c.relation
ON CONFLICT (region_id, dossier_id, organisation_id, relation, set_by_organisation_id)
DO UPDATE SET from_at = EXCLUDED.from_at, to_at = NULL WHERE dossier_parties.to_at IS NOT NULL
