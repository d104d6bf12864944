SELECT close_parties($1::text[], $2::uuid[], $3::text[], $4::text[], $5::timestamptz[]) AS able
