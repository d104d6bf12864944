DELETE FROM directory_identifiers WHERE organisation_id = ANY ($1::text[])
