SELECT version FROM agreements WHERE id = $1 FOR NO KEY UPDATE
