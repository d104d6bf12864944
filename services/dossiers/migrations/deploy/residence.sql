-- Deploy dossiers:residence to pg
-- requires: wall
-- What follows from a residence, asked once per town instead of once per dossier: a list, a feed and a sweep judge many dossiers
-- of few towns.
BEGIN;

\set app vsv_dossiers_app

-- The relations that organisations have to the young people of a town on a day: what residence_relations says for each pair,
-- as one list of 'ORGANISATION TOWN RELATION' for granted_categories. Pairs may be named more than once.
CREATE FUNCTION residence_homes(organisations text[], towns text[], day date) RETURNS text[]
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(concat_ws(' ', pair.organisation_id, pair.town, r.relation)), '{}')
    FROM (SELECT DISTINCT o.organisation_id, o.kind, p.town
            FROM unnest(organisations, towns) AS p (organisation_id, town)
            JOIN directory_organisations o ON o.organisation_id = p.organisation_id
             AND o.kind IN ('MUNICIPALITY', 'RMC_OFFICE', 'ATTENDANCE_OFFICE')) pair
   CROSS JOIN LATERAL unnest(residence_relations(pair.town, pair.organisation_id, pair.kind, day)) AS r (relation)
$$;

-- As before, and by the list of residence_homes where the statement has made one for all its dossiers ($7); NULL: each
-- residence is looked up.
DROP FUNCTION granted_categories(text, uuid, text, text, text[], date);
CREATE FUNCTION granted_categories(
  region text, dossier uuid, organisation text, purpose text, relations text[], day date, homes text[] DEFAULT NULL)
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
                   WHERE $7 IS NULL AND o.kind IN ('MUNICIPALITY', 'RMC_OFFICE', 'ATTENDANCE_OFFICE')
                  UNION ALL
                  SELECT office.relation
                    FROM (VALUES ('MUNICIPALITY_OF_RESIDENCE'), ('RMC_OF_RESIDENCE'), ('ATTENDANCE_OF_RESIDENCE'))
                         AS office (relation)
                   WHERE concat_ws(' ', $3, d.municipality_of_residence, office.relation) = ANY ($7)) rel (relation)
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

-- The residence before the relations: an office does not pay for relations that it has none of, and nobody for a list of all
-- relations that a generic plan would make of them.
ALTER POLICY dossiers_touch ON dossiers
  USING (delivering_organisation_id = ANY ((SELECT vsv_callers())::text[])
         OR municipality_of_residence = ANY ((SELECT vsv_served_municipalities())::text[])
         OR EXISTS (SELECT FROM dossier_parties p
                     WHERE p.region_id = dossiers.region_id AND p.dossier_id = dossiers.id
                       AND p.organisation_id COLLATE "C" = ANY ((SELECT vsv_callers())::text[]) AND p.to_at IS NULL));

COMMIT;
