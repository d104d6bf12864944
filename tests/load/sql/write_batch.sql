-- Fifty changes in one transaction, as a batch of the service leaves them: for the row feed_lag, by pgbench as the owner.
\set k random(:first, :last - 49)
WITH changed AS (
  UPDATE dossiers d
     SET version = d.version + 1, updated_at = clock_timestamp()
    FROM (SELECT ('00000000-0000-7000-8016-' || lpad(to_hex(n), 12, '0'))::uuid AS id
            FROM generate_series(:k::bigint, :k::bigint + 49) AS n) chosen
   WHERE d.region_id = '16' AND d.id = chosen.id
  RETURNING d.id, d.version)
INSERT INTO feed_outbox (region_id, resource_kind, resource_id, version)
SELECT '16', 'dossier', c.id::text, c.version FROM changed c;
