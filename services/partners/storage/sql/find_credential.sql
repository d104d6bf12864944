SELECT organisation_id FROM credentials WHERE thumbprint = $1
