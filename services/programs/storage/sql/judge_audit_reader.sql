-- Whether $3 steers the programme of region $1 on day $4 and $2 was ever changed there. One row, always.
SELECT EXISTS (SELECT FROM subject_keys k WHERE k.region_id = $1::text AND k.subject_id = $2::text)
   AND EXISTS (SELECT FROM directory_programme_roles r
                WHERE r.region_id = $1::text AND r.organisation_id = $3::text AND r.validity @> $4::date
                  AND r.kind IN ('CONTACT_MUNICIPALITY', 'CENTRAL_MUNICIPALITY', 'CONTACT_SCHOOL')) AS may_read
