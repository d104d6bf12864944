-- Delivered when the transaction has committed.
SELECT pg_notify('vsv_feed', '')
