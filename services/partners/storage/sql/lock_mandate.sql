SELECT version FROM mandates WHERE organisation_id = $1 AND id = $2::uuid FOR NO KEY UPDATE
