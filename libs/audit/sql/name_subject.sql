-- Opens the second wall for the log of one subject, until the end of the transaction.
SELECT set_config('vsv.audit_subject', encode($1::bytea, 'hex'), true)
