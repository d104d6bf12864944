-- Deploy dossiers:served to pg
-- requires: residence
-- The towns of an office, found from its regions instead of by asking each town near it who its office is: what every
-- transaction of an office begins with.
BEGIN;

-- The other way round than directory_residence, of which it says the same (ServedTest compares the two). An office of a kind
-- serves a region when it is the first of its kind there; the attendance office of a town itself goes before that of its
-- region. A town is at home in the first of its regions.
CREATE OR REPLACE FUNCTION served_municipalities(organisations text[], day date)
RETURNS TABLE (organisation_id text, municipality_code text, relation text)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT o.organisation_id, served.municipality_code, served.relation
    FROM directory_organisations o
   CROSS JOIN LATERAL (
      SELECT i.value, 'MUNICIPALITY_OF_RESIDENCE'
        FROM directory_identifiers i
       WHERE i.organisation_id = o.organisation_id AND i.scheme = 'MUNICIPALITY_CODE'
         AND EXISTS (SELECT FROM directory_memberships m
                      WHERE m.organisation_id = i.organisation_id AND m.validity @> day)
      UNION ALL
      SELECT i.value, 'ATTENDANCE_OF_RESIDENCE'
        FROM directory_identifiers i
       WHERE i.organisation_id = o.parent_id AND i.scheme = 'MUNICIPALITY_CODE' AND o.kind = 'ATTENDANCE_OFFICE'
         AND EXISTS (SELECT FROM directory_memberships m
                      WHERE m.organisation_id = i.organisation_id AND m.validity @> day)
         AND NOT EXISTS (SELECT FROM directory_organisations rival
                          WHERE rival.parent_id = o.parent_id AND rival.kind = 'ATTENDANCE_OFFICE'
                            AND rival.organisation_id < o.organisation_id)
      UNION ALL
      SELECT i.value, CASE o.kind WHEN 'RMC_OFFICE' THEN 'RMC_OF_RESIDENCE' ELSE 'ATTENDANCE_OF_RESIDENCE' END
        FROM directory_memberships own
        JOIN directory_memberships town ON town.region_id = own.region_id AND town.validity @> day
        JOIN directory_identifiers i ON i.organisation_id = town.organisation_id AND i.scheme = 'MUNICIPALITY_CODE'
       WHERE own.organisation_id = o.organisation_id AND own.validity @> day AND o.kind <> 'MUNICIPALITY'
         AND NOT EXISTS (SELECT FROM directory_organisations rival
                           JOIN directory_memberships theirs ON theirs.organisation_id = rival.organisation_id
                          WHERE rival.kind = o.kind AND rival.organisation_id < o.organisation_id
                            AND theirs.region_id = own.region_id AND theirs.validity @> day)
         AND NOT EXISTS (SELECT FROM directory_memberships home
                          WHERE home.organisation_id = town.organisation_id AND home.validity @> day
                            AND home.region_id < town.region_id)
         AND NOT (o.kind = 'ATTENDANCE_OFFICE'
                  AND EXISTS (SELECT FROM directory_organisations nearer
                               WHERE nearer.parent_id = town.organisation_id AND nearer.kind = 'ATTENDANCE_OFFICE')))
         AS served (municipality_code, relation)
   WHERE o.organisation_id = ANY (organisations)
     AND o.kind IN ('MUNICIPALITY', 'RMC_OFFICE', 'ATTENDANCE_OFFICE')
$$;

-- As before, with a plan that is kept: a scalar SQL function over a table is planned again by every statement, which a batch of
-- one paid more for than for its dossier.
CREATE OR REPLACE FUNCTION residence_homes(organisations text[], towns text[], day date) RETURNS text[]
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10000 AS $$
BEGIN
  RETURN (
    SELECT coalesce(array_agg(concat_ws(' ', pair.organisation_id, pair.town, r.relation)), '{}')
      FROM (SELECT DISTINCT o.organisation_id, o.kind, p.town
              FROM unnest($1, $2) AS p (organisation_id, town)
              JOIN directory_organisations o ON o.organisation_id = p.organisation_id
               AND o.kind IN ('MUNICIPALITY', 'RMC_OFFICE', 'ATTENDANCE_OFFICE')) pair
     CROSS JOIN LATERAL unnest(residence_relations(pair.town, pair.organisation_id, pair.kind, $3)) AS r (relation));
END
$$;

COMMIT;
