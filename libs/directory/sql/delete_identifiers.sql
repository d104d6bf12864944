DELETE FROM directory_identifiers WHERE organisation_id = $1
