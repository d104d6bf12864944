-- Waits until nobody changes dossier $2 of region $1, and keeps it so. Before anything else of a transaction.
SELECT FROM dossiers d WHERE d.region_id = $1::text AND d.id = $2::uuid FOR SHARE
