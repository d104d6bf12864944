DELETE FROM organisation_contacts WHERE organisation_id = $1
