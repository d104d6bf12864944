-- Deploy dossiers:alike to pg
-- requires: content
-- The judgement of many dossiers: of those that are alike in everything that rules and agreements look at, one is judged. What
-- differs by itself is the consents of a dossier.
BEGIN;

-- What an organisation may have of the dossiers of a provider in a state by these relations, before the consents of each: what
-- granted_categories says of each alone (AlikeTest compares the two). Categories in alphabetical order with their bases, and
-- those that a consent would give. One row, of NULLs when there is nothing.
CREATE FUNCTION grants_of_alike(
  region text, provider text, state text, organisation text, purpose text, relations text[], day date)
RETURNS TABLE (categories text[], bases text[], on_consent text[]) LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT array_agg(g.category ORDER BY g.category) FILTER (WHERE g.rank IS NOT NULL),
         array_agg(CASE g.rank WHEN 1 THEN 'LAW' ELSE 'AGREEMENT' END ORDER BY g.category) FILTER (WHERE g.rank IS NOT NULL),
         array_agg(g.category ORDER BY g.category) FILTER (WHERE g.rank IS NULL AND g.is_on_consent)
    FROM (
      SELECT r.category, bool_or(r.basis = 'CONSENT') AS is_on_consent,
             min(array_position(ARRAY['LAW', 'AGREEMENT'], r.basis))
               FILTER (WHERE r.basis = 'LAW'
                          OR (r.basis = 'AGREEMENT' AND EXISTS (
                               SELECT FROM directory_flows f
                                WHERE f.region_id = $1 AND f.provider_id = $2 AND f.receiver_id = $4 AND f.validity @> $7
                                  AND f.legal_basis <> 'CONSENT' AND $5 = ANY (f.purposes)
                                  AND r.category = ANY (f.data_categories)))) AS rank
        FROM directory_organisations o
        JOIN basis_rules r ON r.relation = ANY ($6) AND r.purpose = $5 AND $3 = ANY (r.states)
         AND r.valid_from <= $7 AND (r.valid_to IS NULL OR $7 < r.valid_to)
       WHERE o.organisation_id = $4 AND o.status = 'ACTIVE'
       GROUP BY r.category) g
$$;

-- What grants_of_alike gives, with what the consents of one dossier (`given`: their categories) add; NULLs without consents.
-- Any consent gives PROCESS with it, where a consent gives that at all.
CREATE FUNCTION grants_with_consents(categories text[], bases text[], on_consent text[], given text[])
RETURNS TABLE (categories text[], bases text[]) LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT array_agg(g.category ORDER BY g.category), array_agg(g.basis ORDER BY g.category)
    FROM (SELECT u.category, u.basis FROM unnest($1, $2) AS u (category, basis) WHERE $4 IS NOT NULL
          UNION ALL
          SELECT c.category, 'CONSENT' FROM unnest($3) AS c (category)
           WHERE $4 IS NOT NULL AND (c.category = ANY ($4) OR c.category = 'PROCESS')) g
$$;

COMMIT;
