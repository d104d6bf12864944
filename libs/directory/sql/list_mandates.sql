SELECT organisation_id, supplier_id, services, purposes, lower(validity) AS first_on, upper(validity) AS ended_on, revoked_at
  FROM directory_mandates
