SELECT version FROM organisations WHERE id = $1 FOR NO KEY UPDATE
