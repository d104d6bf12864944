-- The moment stays when a batch brings none: it never goes back.
INSERT INTO process_counts_progress (cursor, current_as_of_at)
VALUES ($1, $2)
    ON CONFLICT (is_the_one)
    DO UPDATE SET cursor = excluded.cursor,
                  current_as_of_at = coalesce(excluded.current_as_of_at, process_counts_progress.current_as_of_at)
