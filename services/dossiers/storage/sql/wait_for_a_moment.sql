-- Longer than a change takes, unless its server is in trouble. Until the transaction ends.
SELECT set_config('lock_timeout', '200ms', true)
