-- Longer than a change takes, unless its server is in trouble. Until the transaction ends.
SET LOCAL lock_timeout = '200ms'
