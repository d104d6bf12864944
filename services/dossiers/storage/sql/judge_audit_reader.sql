-- Whether $3 accounts for dossier $2 of region $1: it made the dossier or is responsible for it. One row, always.
SELECT EXISTS (SELECT FROM dossiers d
                WHERE d.region_id = $1::text AND d.id = $2::uuid
                  AND $3::text IN (d.delivering_organisation_id, d.responsible_organisation_id)) AS may_read
