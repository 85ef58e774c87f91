-- Reconciliation: what the other side says is there, held against what we hold; the differences, and what became of them.

ALTER TABLE "SourceKey" ADD COLUMN "openAt" TIMESTAMPTZ(3);

CREATE TABLE "Reconciliation" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "merchantId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "trigger" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),
    "counts" JSONB NOT NULL,
    "cursor" JSONB NOT NULL,

    CONSTRAINT "Reconciliation_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "ReconciliationDifference" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "merchantId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "orderId" TEXT,
    "sentence" TEXT NOT NULL,
    "facts" JSONB NOT NULL DEFAULT '{}',
    "rounds" INTEGER NOT NULL DEFAULT 1,
    "lastRoundId" TEXT NOT NULL,
    "firstSeenAt" TIMESTAMPTZ(3) NOT NULL,
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL,
    "fixAskedAt" TIMESTAMPTZ(3),
    "goneAt" TIMESTAMPTZ(3),

    CONSTRAINT "ReconciliationDifference_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "Reconciliation_accountId_id_key" ON "Reconciliation"("accountId", "id");
CREATE INDEX "Reconciliation_accountId_connectionId_id_idx" ON "Reconciliation"("accountId", "connectionId", "id");
CREATE UNIQUE INDEX "ReconciliationDifference_accountId_id_key" ON "ReconciliationDifference"("accountId", "id");
CREATE INDEX "ReconciliationDifference_accountId_connectionId_id_idx" ON "ReconciliationDifference"("accountId", "connectionId", "id");

ALTER TABLE "Reconciliation" ADD CONSTRAINT "Reconciliation_accountId_connectionId_fkey" FOREIGN KEY ("accountId", "connectionId") REFERENCES "Connection"("accountId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "ReconciliationDifference" ADD CONSTRAINT "ReconciliationDifference_accountId_connectionId_fkey" FOREIGN KEY ("accountId", "connectionId") REFERENCES "Connection"("accountId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "Reconciliation" ADD CHECK ("state" IN ('running', 'done', 'stopped'));
ALTER TABLE "Reconciliation" ADD CHECK (("state" = 'running') = ("endedAt" IS NULL));
ALTER TABLE "ReconciliationDifference" ADD CHECK ("kind" IN ('missing-here', 'left-out', 'canceled-here', 'canceled-there',
  'closed-there', 'changed-there', 'changed-after-delivery', 'not-told', 'missing-there', 'shipped-there', 'canceled-at-warehouse', 'stock'));

-- One under way per connection, and one line per thing that differs.
CREATE UNIQUE INDEX hand_reconciliation_one_running ON "Reconciliation" ("accountId", "connectionId") WHERE "state" = 'running';
CREATE UNIQUE INDEX hand_difference_open ON "ReconciliationDifference" ("accountId", "connectionId", "kind", "subject") WHERE "goneAt" IS NULL;

GRANT SELECT, INSERT, UPDATE, DELETE ON "Reconciliation", "ReconciliationDifference" TO crossdock_app, crossdock_system;

DO $$
DECLARE
  tenant_table text;
  own text := '"accountId" = (SELECT crossdock_account()) AND ((SELECT crossdock_merchant()) IS NULL OR "merchantId" = (SELECT crossdock_merchant()))';
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['Reconciliation', 'ReconciliationDifference'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('CREATE POLICY tenant ON %I TO crossdock_app USING (%s) WITH CHECK (%s)', tenant_table, own, own);
    EXECUTE format('CREATE POLICY system ON %I TO crossdock_system USING (true) WITH CHECK (true)', tenant_table);
    EXECUTE format('CREATE POLICY chosen ON %I AS RESTRICTIVE TO crossdock_app USING ((SELECT crossdock_chosen()) IS NULL OR "merchantId" = ANY ((SELECT crossdock_chosen())::text[]))', tenant_table);
  END LOOP;
END $$;

-- Connections from before get the function too, once a day, spread over four hours of their night.
INSERT INTO "Flow" ("id", "accountId", "merchantId", "connectionId", "job", "mode", "dailyAt", "nextRunAt", "timeZone")
  SELECT 'flo_' || left(md5(c."id"), 24), c."accountId", c."merchantId", c."id",
    CASE c."side" WHEN 'source' THEN 'orders/reconcile' ELSE 'warehouse/reconcile' END, 'daily', at.minutes,
    (date_trunc('day', now() AT TIME ZONE a."timeZone") + interval '1 day' + make_interval(mins => at.minutes)) AT TIME ZONE a."timeZone",
    a."timeZone"
  FROM "Connection" c JOIN "Account" a ON a."id" = c."accountId"
  CROSS JOIN LATERAL (SELECT 60 + ('x' || left(md5(c."id"), 7))::bit(28)::int % 240 AS minutes) at
  WHERE c."archivedAt" IS NULL AND EXISTS (SELECT 1 FROM "Flow" f WHERE f."accountId" = c."accountId" AND f."connectionId" = c."id"
    AND f."job" IN ('orders/download', 'orders/deliver', 'inventory/fetch', 'shipments/fetch'));
