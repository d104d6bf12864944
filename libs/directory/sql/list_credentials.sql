SELECT thumbprint, organisation_id, purposes, lower(validity) AS first_on, upper(validity) AS ended_on, revoked_at
  FROM directory_credentials
