DELETE FROM organisation_identifiers WHERE organisation_id = $1
