-- Revert dossiers:served from pg
-- Back to the function of judgement, and to that of residence.
BEGIN;

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

CREATE OR REPLACE FUNCTION residence_homes(organisations text[], towns text[], day date) RETURNS text[]
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(concat_ws(' ', pair.organisation_id, pair.town, r.relation)), '{}')
    FROM (SELECT DISTINCT o.organisation_id, o.kind, p.town
            FROM unnest(organisations, towns) AS p (organisation_id, town)
            JOIN directory_organisations o ON o.organisation_id = p.organisation_id
             AND o.kind IN ('MUNICIPALITY', 'RMC_OFFICE', 'ATTENDANCE_OFFICE')) pair
   CROSS JOIN LATERAL unnest(residence_relations(pair.town, pair.organisation_id, pair.kind, day)) AS r (relation)
$$;

COMMIT;
