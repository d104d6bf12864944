-- Questions to the register, alike over the projection and over the register's own views. See directory.sql.

-- What may go from whom to whom. One row per agreement and pair of organisations that it binds, as parties or below one.
-- Use: EXISTS (SELECT FROM directory_flows f WHERE f.region_id = d.region_id AND f.provider_id = ... AND f.receiver_id = ...
--   AND f.validity @> day AND 'TRANSITION' = ANY (f.purposes) AND 'PROCESS' = ANY (f.data_categories))
CREATE VIEW directory_flows WITH (security_invoker = true) AS
SELECT a.agreement_id, a.region_id, a.legal_basis, a.validity,
       giver.organisation_id AS provider_id, taker.organisation_id AS receiver_id,
       receiving.purposes, receiving.data_categories
  FROM directory_agreements a
  JOIN directory_agreement_parties providing
    ON providing.agreement_id = a.agreement_id AND providing.direction IN ('PROVIDES', 'BOTH')
  JOIN directory_agreement_parties receiving
    ON receiving.agreement_id = a.agreement_id AND receiving.direction IN ('RECEIVES', 'BOTH')
  JOIN directory_lineages giver ON giver.ancestor_id = providing.organisation_id
  JOIN directory_lineages taker ON taker.ancestor_id = receiving.organisation_id
 WHERE NOT isempty(a.validity);

-- The data categories that `receiver` may get from `provider` for `purpose` on `day`, of what was made in `region`; empty
-- when no agreement covers it.
CREATE FUNCTION directory_agreed_categories(region text, provider text, receiver text, purpose text, day date)
RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(DISTINCT c.category ORDER BY c.category), '{}')
    FROM directory_flows f
   CROSS JOIN LATERAL unnest(f.data_categories) AS c(category)
   WHERE f.region_id = $1 AND f.provider_id = $2 AND f.receiver_id = $3
     AND $4 = ANY (f.purposes) AND f.validity @> $5
$$;

-- Who is responsible for the young people of a municipality (code GMdddd) on a day: at most one row, none when the
-- municipality is in no region. The RMC office is the one that is a member of the region; the attendance office is the
-- municipality's own (its parent is the municipality), or else one that is a member of the region.
-- Use: FROM pupils p LEFT JOIN LATERAL directory_residence(p.municipality_code, $1) r ON true
CREATE FUNCTION directory_residence(code text, day date)
RETURNS TABLE (municipality_id text, region_id text, rmc_office_id text, attendance_office_id text)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT i.organisation_id, m.region_id,
         (SELECT o.organisation_id
            FROM directory_organisations o
            JOIN directory_memberships om ON om.organisation_id = o.organisation_id
           WHERE o.kind = 'RMC_OFFICE' AND om.region_id = m.region_id AND om.validity @> $2
           ORDER BY o.organisation_id LIMIT 1),
         (SELECT o.organisation_id
            FROM directory_organisations o
           WHERE o.kind = 'ATTENDANCE_OFFICE'
             AND (o.parent_id = i.organisation_id
                  OR EXISTS (SELECT FROM directory_memberships om
                              WHERE om.organisation_id = o.organisation_id AND om.region_id = m.region_id
                                AND om.validity @> $2))
           ORDER BY (o.parent_id IS NOT DISTINCT FROM i.organisation_id) DESC, o.organisation_id LIMIT 1)
    FROM directory_identifiers i
    JOIN directory_memberships m ON m.organisation_id = i.organisation_id AND m.validity @> $2
   WHERE i.scheme = 'MUNICIPALITY_CODE' AND i.value = $1
   ORDER BY m.region_id LIMIT 1
$$;

GRANT SELECT ON directory_flows TO :"app", :"worker";
