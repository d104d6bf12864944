-- What askers may have of dossiers, without the content: makers have just written it, and who is handed out what was changed
-- meanwhile has read it. Parameters as get_dossiers.
SELECT c.ordinal, fresh.is_fresh, g.categories
  FROM unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::date[])
       WITH ORDINALITY AS c (region_id, id, organisation_id, purpose, relations, day, ordinal)
 CROSS JOIN register_freshness($7::bigint) fresh
 CROSS JOIN LATERAL granted_categories(c.region_id, c.id, c.organisation_id, c.purpose,
                                       string_to_array(c.relations, ','), c.day) g
 ORDER BY c.ordinal
