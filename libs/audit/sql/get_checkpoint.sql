SELECT note FROM audit_checkpoints WHERE number = $1
