SELECT version FROM credentials WHERE organisation_id = $1 AND thumbprint = $2 FOR NO KEY UPDATE
