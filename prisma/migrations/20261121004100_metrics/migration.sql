-- What a monitor asks every few seconds must not walk tables that grow with the years.

-- The queue as numbers: how many jobs wait until later, are due, run, or were given up, and how long the oldest has been due.
CREATE FUNCTION crossdock_queue() RETURNS TABLE (task text, waiting bigint, due bigint, running bigint, failed bigint, oldest_due_seconds float8)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT t.identifier,
    count(*) FILTER (WHERE j.is_available AND j.run_at > now()),
    count(*) FILTER (WHERE j.is_available AND j.run_at <= now()),
    count(*) FILTER (WHERE j.locked_at IS NOT NULL),
    count(*) FILTER (WHERE j.attempts >= j.max_attempts AND j.locked_at IS NULL),
    coalesce(extract(epoch FROM now() - min(j.run_at) FILTER (WHERE j.is_available AND j.run_at <= now())), 0)::float8
  FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id GROUP BY 1;
$$;
REVOKE ALL ON FUNCTION crossdock_queue() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION crossdock_queue() TO crossdock_system;

-- Deliveries that are not at their end; so few that they may be counted.
CREATE INDEX hand_delivery_open ON "Delivery" ("connectionId", "state") WHERE "state" NOT IN ('accepted', 'canceled');
