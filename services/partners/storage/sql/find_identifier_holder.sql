SELECT organisation_id FROM organisation_identifiers WHERE scheme = $1 AND value = $2
