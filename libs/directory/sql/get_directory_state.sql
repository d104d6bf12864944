SELECT (SELECT current_as_of_at FROM directory_freshness) AS current_as_of_at,
       ((SELECT count(*) + coalesce(sum(version), 0) FROM directory_organisations)
        + (SELECT count(*) + coalesce(sum(version), 0) FROM directory_credentials)
        + (SELECT count(*) + coalesce(sum(version), 0) FROM directory_mandates)
        + (SELECT count(*) + coalesce(sum(version), 0) FROM directory_programme_roles))::bigint AS revision
