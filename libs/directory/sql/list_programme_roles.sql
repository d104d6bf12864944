SELECT organisation_id, kind, lower(validity) AS first_on, upper(validity) AS ended_on FROM directory_programme_roles
