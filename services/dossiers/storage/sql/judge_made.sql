-- What makers may have of what they have made in this transaction; parameters as get_dossiers. Content is not read: they have
-- just written it.
SELECT c.ordinal, fresh.is_fresh, g.categories
  FROM unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::date[])
       WITH ORDINALITY AS c (region_id, id, organisation_id, purpose, relations, day, ordinal)
 CROSS JOIN register_freshness($7::bigint) fresh
 CROSS JOIN LATERAL granted_categories(c.region_id, c.id, c.organisation_id, c.purpose,
                                       string_to_array(c.relations, ','), c.day) g
 ORDER BY c.ordinal
