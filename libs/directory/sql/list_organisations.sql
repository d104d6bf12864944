SELECT o.organisation_id, o.kind, o.parent_id, o.status, i.value AS oin
  FROM directory_organisations o
  LEFT JOIN directory_identifiers i ON i.organisation_id = o.organisation_id AND i.scheme = 'OIN'
