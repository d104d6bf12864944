-- Another revision means other content. The content itself counts and not its versions: what was cleared and told anew, after
-- the register went back to an earlier state, may have the versions of before and say something else.
SELECT (SELECT current_as_of_at FROM directory_freshness) AS current_as_of_at,
       (coalesce(sum(rows.hash), 0) % 9223372036854775807)::bigint AS revision
  FROM (SELECT hash_record_extended(o, 1) FROM directory_organisations o
        UNION ALL
        SELECT hash_record_extended(i, 2) FROM directory_identifiers i WHERE i.scheme = 'OIN'
        UNION ALL
        SELECT hash_record_extended(c, 3) FROM directory_credentials c
        UNION ALL
        SELECT hash_record_extended(m, 4) FROM directory_mandates m
        UNION ALL
        SELECT hash_record_extended(r, 5) FROM directory_programme_roles r) AS rows (hash)
