-- Many jobs at once, for the system tasks: one statement of the queue for all instead of five for each. As with one,
-- of two times for one key the earlier wins, and a job that the queue could not take ends the caller's transaction.

CREATE FUNCTION crossdock_enqueue_many(jobs json) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  specs graphile_worker.job_spec[];
  taken int;
BEGIN
  -- The queue has jobs of its own for most keys or for none: looked up by key, whatever the statistics say.
  SELECT array_agg(ROW(given.task, given.payload, NULL, least(given.run_at, waiting.run_at), given.max_attempts,
                       given.job_key, given.priority, NULL)::graphile_worker.job_spec ORDER BY given.job_key)
    INTO specs
    FROM json_to_recordset(jobs)
      AS given(task text, payload json, job_key text, run_at timestamptz, max_attempts smallint, priority smallint)
    LEFT JOIN LATERAL (
      SELECT j.run_at FROM graphile_worker._private_jobs j
      WHERE j.key = given.job_key AND j.locked_at IS NULL AND j.attempts = 0 OFFSET 0) waiting ON true;
  IF specs IS NULL THEN
    RETURN;
  END IF;
  -- A job that a worker takes at that very moment is not replaced; the next try finds it taken and adds a new one.
  FOR attempt IN 1..10 LOOP
    SELECT count(*) INTO taken FROM graphile_worker.add_jobs(specs);
    EXIT WHEN taken = array_length(specs, 1);
  END LOOP;
  IF taken <> array_length(specs, 1) THEN
    RAISE EXCEPTION 'the queue took only % of % jobs', taken, array_length(specs, 1);
  END IF;
END $$;
REVOKE ALL ON FUNCTION crossdock_enqueue_many(json) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION crossdock_enqueue_many(json) TO crossdock_system;
