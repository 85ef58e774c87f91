-- The queue answers nothing when a worker takes the waiting job of the same key at that very moment: the next try
-- finds it taken and adds a job of its own. Before this, the caller's whole transaction was undone.

CREATE OR REPLACE FUNCTION crossdock_enqueue(task text, payload json, job_key text, run_at timestamptz, max_attempts int, priority int)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  job_id bigint;
  waiting timestamptz;
BEGIN
  IF current_setting('role') = 'crossdock_app'
     AND payload ->> 'accountId' IS DISTINCT FROM current_setting('crossdock.account', true) THEN
    RAISE EXCEPTION 'a job for another account was refused';
  END IF;
  FOR attempt IN 1..10 LOOP
    SELECT j.run_at INTO waiting FROM graphile_worker.jobs j
      WHERE j.key = job_key AND j.locked_at IS NULL AND j.attempts = 0;
    SELECT id INTO job_id FROM graphile_worker.add_job(
      identifier => task, payload => payload, run_at => least(run_at, waiting), max_attempts => max_attempts,
      job_key => job_key, priority => priority, job_key_mode => 'replace');
    IF job_id IS NOT NULL THEN
      RETURN;
    END IF;
  END LOOP;
  RAISE EXCEPTION 'the queue did not take job %', job_key;
END $$;
