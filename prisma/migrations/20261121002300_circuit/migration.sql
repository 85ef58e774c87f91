ALTER TABLE "Connection"
  ADD COLUMN "failuresInARow" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "outageSince" TIMESTAMPTZ(3),
  ADD COLUMN "probeAt" TIMESTAMPTZ(3),
  ADD COLUMN "probes" INTEGER NOT NULL DEFAULT 0;

ALTER TABLE "Flow" ADD COLUMN "lookedBackAt" TIMESTAMPTZ(3);

CREATE TABLE "Budget" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "taken" JSONB NOT NULL DEFAULT '[]',
    "share" DOUBLE PRECISION NOT NULL DEFAULT 1,
    "shareAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Budget_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "Budget_accountId_id_key" ON "Budget"("accountId", "id");

-- An open circuit says since when, and when it is tried again.
ALTER TABLE "Connection" ADD CHECK (("outageSince" IS NULL) = ("probeAt" IS NULL));
ALTER TABLE "Budget" ADD CHECK ("share" > 0 AND "share" <= 1);

GRANT SELECT, INSERT, UPDATE, DELETE ON "Budget" TO crossdock_app, crossdock_system;
ALTER TABLE "Budget" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "Budget" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "Budget" TO crossdock_app
  USING ("accountId" = (SELECT crossdock_account())) WITH CHECK ("accountId" = (SELECT crossdock_account()));
CREATE POLICY system ON "Budget" TO crossdock_system USING (true) WITH CHECK (true);

-- Takes up to `want` calls out of a partner's budget of `requests` in any window, on behalf of one process. What was
-- granted counts a twentieth longer than the window lasts: a process may use a grant that much later. After a 429 the
-- budget is smaller, and grows again by a twentieth per window.
CREATE FUNCTION crossdock_take(budget text, account text, want int, requests int, window_ms double precision)
RETURNS TABLE (granted int, wait_ms double precision) LANGUAGE plpgsql SET search_path = public, pg_catalog AS $$
DECLARE
  held "Budget";
  kept jsonb;
  at_ms double precision;
  used int;
  oldest double precision;
  windows int;
BEGIN
  INSERT INTO "Budget" ("id", "accountId") VALUES (budget, account) ON CONFLICT ("id") DO NOTHING;
  SELECT * INTO held FROM "Budget" b WHERE b."id" = budget AND b."accountId" = account FOR UPDATE;
  at_ms := extract(epoch FROM clock_timestamp()) * 1000;
  SELECT coalesce(jsonb_agg(g), '[]'), coalesce(sum((g ->> 1)::int), 0), min((g ->> 0)::float8) INTO kept, used, oldest
    FROM jsonb_array_elements(held."taken") g WHERE (g ->> 0)::float8 > at_ms - window_ms * 1.05;
  IF held."share" < 1 THEN
    windows := floor(extract(epoch FROM clock_timestamp() - held."shareAt") * 1000 / greatest(window_ms, 1000));
    IF windows > 0 THEN
      held."share" := least(1, held."share" + 0.05 * windows);
      held."shareAt" := clock_timestamp();
    END IF;
  END IF;
  granted := greatest(0, least(want, greatest(1, floor(requests * held."share"))::int - used));
  wait_ms := 0;
  IF granted > 0 THEN
    kept := kept || jsonb_build_array(jsonb_build_array(at_ms, granted));
  ELSE
    wait_ms := greatest(1, oldest + window_ms * 1.05 - at_ms);
  END IF;
  UPDATE "Budget" b SET "taken" = kept, "share" = held."share", "shareAt" = held."shareAt"
    WHERE b."id" = budget AND b."accountId" = account;
  RETURN NEXT;
END $$;
REVOKE ALL ON FUNCTION crossdock_take(text, text, int, int, double precision) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION crossdock_take(text, text, int, int, double precision) TO crossdock_app, crossdock_system;

-- Whether work of another merchant is due and finds no worker. A yes or a no is all that a tenant learns of others.
CREATE FUNCTION crossdock_others_wait(merchant text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT EXISTS (
    SELECT 1 FROM graphile_worker._private_jobs j
    WHERE j.is_available AND j.run_at <= now() AND j.payload ->> 'flowId' IS NOT NULL
      AND j.payload ->> 'merchantId' IS DISTINCT FROM merchant);
$$;
REVOKE ALL ON FUNCTION crossdock_others_wait(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION crossdock_others_wait(text) TO crossdock_app;
