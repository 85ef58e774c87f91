-- What Prisma's schema language cannot say: roles, row security, checked words, partial indexes, partitions.

-- Roles ------------------------------------------------------------------------------------------
-- The web app and the flows work as crossdock_app, which owns nothing and sees one account at a time.
-- Sign-in and the system tasks work as crossdock_system, which sees every account.

DO $$
DECLARE wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['crossdock_app', 'crossdock_system'] LOOP
    BEGIN
      IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = wanted) THEN
        EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
      END IF;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; -- another database of this server was quicker
    END;
    EXECUTE format('GRANT %I TO CURRENT_USER', wanted);
  END LOOP;
END $$;

GRANT USAGE ON SCHEMA public TO crossdock_app, crossdock_system;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO crossdock_app, crossdock_system;
REVOKE ALL ON "User", "Session", "SignInToken", "Worker" FROM crossdock_app;
REVOKE INSERT, DELETE ON "Account" FROM crossdock_app;
REVOKE UPDATE, DELETE ON "AuditEntry" FROM crossdock_app;

-- Row security -----------------------------------------------------------------------------------
-- Both settings are local to a transaction. Without a scope nothing is visible.

CREATE FUNCTION crossdock_account() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT current_setting('crossdock.account', true) $$;
CREATE FUNCTION crossdock_merchant() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('crossdock.merchant', true), '') $$;

ALTER TABLE "Account" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "Account" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "Account" TO crossdock_app
  USING ("id" = (SELECT crossdock_account())) WITH CHECK ("id" = (SELECT crossdock_account()));
CREATE POLICY system ON "Account" TO crossdock_system USING (true) WITH CHECK (true);

DO $$
DECLARE
  tenant_table text;
  own text;
BEGIN
  FOR tenant_table IN
    SELECT c.table_name FROM information_schema.columns c
    JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE c.table_schema = 'public' AND c.column_name = 'accountId' AND t.table_type = 'BASE TABLE'
  LOOP
    own := '"accountId" = (SELECT crossdock_account())';
    IF EXISTS (
      SELECT 1 FROM information_schema.columns
      WHERE table_schema = 'public' AND table_name = tenant_table AND column_name = 'merchantId' AND is_nullable = 'NO'
    ) THEN
      own := own || ' AND ((SELECT crossdock_merchant()) IS NULL OR "merchantId" = (SELECT crossdock_merchant()))';
    END IF;
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('CREATE POLICY tenant ON %I TO crossdock_app USING (%s) WITH CHECK (%s)', tenant_table, own, own);
    EXECUTE format('CREATE POLICY system ON %I TO crossdock_system USING (true) WITH CHECK (true)', tenant_table);
  END LOOP;
END $$;

-- Checked words ----------------------------------------------------------------------------------

ALTER TABLE "Account" ADD CHECK ("kind" IN ('fulfillment', 'merchant'));
ALTER TABLE "Membership" ADD CHECK ("role" IN ('owner', 'admin', 'operator', 'viewer'));
ALTER TABLE "Connection" ADD CHECK ("side" IN ('source', 'destination'));
ALTER TABLE "Connection" ADD CHECK ("state" IN ('not_set_up', 'active', 'paused', 'needs_reconnect'));
ALTER TABLE "Flow" ADD CHECK ("mode" IN ('off', 'automatic', 'every', 'daily'));
ALTER TABLE "Flow" ADD CHECK ("mode" <> 'every' OR "everyMinutes" > 0);
ALTER TABLE "Flow" ADD CHECK ("mode" <> 'daily' OR "dailyAt" BETWEEN 0 AND 1439);
ALTER TABLE "Order" ADD CHECK ("status" IN ('new', 'at_wms', 'shipped', 'confirmed', 'error', 'canceled'));
ALTER TABLE "OrderLine" ADD CHECK ("quantity" > 0);
ALTER TABLE "Delivery" ADD CHECK ("state" IN ('intended', 'sending', 'accepted', 'refused', 'unknown', 'canceled'));
ALTER TABLE "Delivery" ADD CHECK ("cancelState" IN ('none', 'wanted', 'requested', 'pending', 'accepted', 'refused'));
ALTER TABLE "Confirmation" ADD CHECK ("state" IN ('intended', 'sending', 'accepted', 'refused', 'unknown', 'canceled'));
ALTER TABLE "Attempt" ADD CHECK (("deliveryId" IS NULL) <> ("confirmationId" IS NULL));
ALTER TABLE "Run" ADD CHECK ("state" IN ('running', 'done', 'done_with_problems', 'waiting', 'stopped', 'interrupted', 'failed'));
ALTER TABLE "InventoryFigure" ADD CHECK ("quantity" >= 0);
ALTER TABLE "InventoryFigure" ADD CHECK ("state" IN ('wanted', 'sending', 'pushed', 'skipped', 'refused', 'unknown'));

-- Partial indexes: only what waits is indexed, so they stay small. The prefix keeps schema comparison quiet.

CREATE UNIQUE INDEX hand_run_one_running ON "Run" ("flowId") WHERE "state" = 'running';
CREATE INDEX hand_flow_due ON "Flow" ("nextRunAt") WHERE "nextRunAt" IS NOT NULL AND "pausedAt" IS NULL;
CREATE INDEX hand_order_due ON "Order" ("accountId", "merchantId", "dueAt") WHERE "dueAt" IS NOT NULL;
CREATE INDEX hand_order_waiting ON "Order" ("accountId", "merchantId") WHERE "status" IN ('new', 'error');
CREATE INDEX hand_order_delivered ON "Order" ("accountId", "merchantId", "deliveredAt") WHERE "deliveredAt" IS NOT NULL;
CREATE INDEX hand_order_number ON "Order" ("accountId", lower("number") text_pattern_ops);
CREATE INDEX hand_order_source ON "Order" ("accountId", "sourceId");
CREATE INDEX hand_delivery_external ON "Delivery" ("accountId", "connectionId", "externalId") WHERE "externalId" IS NOT NULL;
CREATE INDEX hand_delivery_due ON "Delivery" ("accountId", "connectionId", "nextTryAt") WHERE "nextTryAt" IS NOT NULL;
CREATE INDEX hand_delivery_sending ON "Delivery" ("accountId", "connectionId") WHERE "state" = 'sending';
CREATE INDEX hand_delivery_cancel ON "Delivery" ("accountId", "connectionId", "cancelTryAt") WHERE "cancelTryAt" IS NOT NULL;
CREATE INDEX hand_confirmation_due ON "Confirmation" ("accountId", "connectionId", "nextTryAt") WHERE "nextTryAt" IS NOT NULL;
CREATE INDEX hand_confirmation_sending ON "Confirmation" ("accountId", "connectionId") WHERE "state" = 'sending';
CREATE INDEX hand_figure_due ON "InventoryFigure" ("accountId", "connectionId", "nextTryAt") WHERE "nextTryAt" IS NOT NULL;
CREATE UNIQUE INDEX hand_alert_open ON "Alert" ("accountId", "cause") WHERE "resolvedAt" IS NULL;
CREATE INDEX hand_audit_newest ON "AuditEntry" ("accountId", "id" DESC);
CREATE INDEX hand_run_newest ON "Run" ("accountId", "id" DESC);

-- The orders list filters by the state of very many rows and counts them; text statistics must be good.
ALTER TABLE "Order" ALTER COLUMN "status" SET STATISTICS 500;

-- Partitions -------------------------------------------------------------------------------------
-- One a day, in a schema of their own, dropped whole when they are old.

CREATE SCHEMA part;

CREATE FUNCTION crossdock_partitions(keep_days int, days_ahead int) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  parent text;
  day date;
  old record;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('crossdock_partitions'));
  FOREACH parent IN ARRAY ARRAY['RunRecord', 'Exchange'] LOOP
    EXECUTE format('CREATE TABLE IF NOT EXISTS part.%I PARTITION OF public.%I DEFAULT', parent || '_other', parent);
    FOR day IN SELECT generate_series((now() AT TIME ZONE 'UTC')::date - 1, (now() AT TIME ZONE 'UTC')::date + days_ahead, '1 day')::date LOOP
      EXECUTE format('CREATE TABLE IF NOT EXISTS part.%I PARTITION OF public.%I FOR VALUES FROM (%L) TO (%L)',
        parent || to_char(day, '_YYYYMMDD'), parent, day::text || ' 00:00:00+00', (day + 1)::text || ' 00:00:00+00');
    END LOOP;
    FOR old IN
      SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = 'part' AND c.relkind = 'r' AND c.relname ~ ('^' || parent || '_[0-9]{8}$')
        AND to_date(right(c.relname, 8), 'YYYYMMDD') < (now() AT TIME ZONE 'UTC')::date - keep_days
    LOOP
      EXECUTE format('DROP TABLE part.%I', old.relname);
    END LOOP;
  END LOOP;
END $$;
REVOKE ALL ON FUNCTION crossdock_partitions(int, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION crossdock_partitions(int, int) TO crossdock_system;
SELECT crossdock_partitions(30, 7);

-- Jobs -------------------------------------------------------------------------------------------
-- The only way into the queue for both roles. A tenant can enqueue work for itself only. Of two times for one
-- key the earlier wins, so that a far retry never delays fresh work and fresh work never delays a near retry.
-- A null id means that the queue could not take the job; the caller's transaction must not commit without it.

CREATE FUNCTION crossdock_enqueue(task text, payload json, job_key text, run_at timestamptz, max_attempts int, priority int)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  job_id bigint;
  waiting timestamptz;
BEGIN
  IF current_setting('role') = 'crossdock_app'
     AND payload ->> 'accountId' IS DISTINCT FROM current_setting('crossdock.account', true) THEN
    RAISE EXCEPTION 'a job for another account was refused';
  END IF;
  SELECT j.run_at INTO waiting FROM graphile_worker.jobs j
    WHERE j.key = job_key AND j.locked_at IS NULL AND j.attempts = 0;
  SELECT id INTO job_id FROM graphile_worker.add_job(
    identifier => task, payload => payload, run_at => least(run_at, waiting), max_attempts => max_attempts,
    job_key => job_key, priority => priority, job_key_mode => 'replace');
  IF job_id IS NULL THEN
    RAISE EXCEPTION 'the queue did not take job %', job_key;
  END IF;
END $$;
REVOKE ALL ON FUNCTION crossdock_enqueue(text, json, text, timestamptz, int, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION crossdock_enqueue(text, json, text, timestamptz, int, int) TO crossdock_app, crossdock_system;

-- Gives back the jobs that dead workers held, by the names under which they locked them.
CREATE FUNCTION crossdock_unlock(queue_ids text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  PERFORM graphile_worker.force_unlock_workers(queue_ids);
END $$;
REVOKE ALL ON FUNCTION crossdock_unlock(text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION crossdock_unlock(text[]) TO crossdock_system;
