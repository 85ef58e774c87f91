-- What a warehouse canceled by itself, and what its cart is told of it.

CREATE TABLE "WarehouseCancellation" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "merchantId" TEXT NOT NULL,
    "orderId" TEXT NOT NULL,
    "deliveryId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "canceledAt" TIMESTAMPTZ(3) NOT NULL,
    "canceledBy" TEXT NOT NULL DEFAULT '',
    "reason" TEXT NOT NULL DEFAULT '',
    "partly" BOOLEAN NOT NULL DEFAULT false,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "nextTryAt" TIMESTAMPTZ(3),
    "firstTriedAt" TIMESTAMPTZ(3),
    "acceptedAt" TIMESTAMPTZ(3),
    "existed" BOOLEAN NOT NULL DEFAULT false,
    "problemCode" TEXT,
    "problem" TEXT,
    "runId" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "WarehouseCancellation_pkey" PRIMARY KEY ("id")
);

ALTER TABLE "BulkOperation" ADD COLUMN "shipping" TEXT NOT NULL DEFAULT '';
ALTER TABLE "Attempt" ADD COLUMN "cancellationId" TEXT;

CREATE UNIQUE INDEX "WarehouseCancellation_accountId_id_key" ON "WarehouseCancellation"("accountId", "id");
CREATE UNIQUE INDEX "WarehouseCancellation_accountId_connectionId_key_key" ON "WarehouseCancellation"("accountId", "connectionId", "key");
CREATE INDEX "WarehouseCancellation_accountId_orderId_idx" ON "WarehouseCancellation"("accountId", "orderId");
CREATE INDEX "Attempt_accountId_cancellationId_idx" ON "Attempt"("accountId", "cancellationId");

ALTER TABLE "WarehouseCancellation" ADD CONSTRAINT "WarehouseCancellation_accountId_orderId_fkey" FOREIGN KEY ("accountId", "orderId") REFERENCES "Order"("accountId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Attempt" ADD CONSTRAINT "Attempt_accountId_cancellationId_fkey" FOREIGN KEY ("accountId", "cancellationId") REFERENCES "WarehouseCancellation"("accountId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "Attempt" DROP CONSTRAINT "Attempt_check";
ALTER TABLE "Attempt" ADD CHECK (num_nonnulls("deliveryId", "confirmationId", "cancellationId") = 1);
ALTER TABLE "WarehouseCancellation" ADD CHECK ("state" IN ('intended', 'sending', 'accepted', 'refused', 'unknown', 'dealt'));

CREATE INDEX hand_cancellation_due ON "WarehouseCancellation" ("accountId", "connectionId", "nextTryAt") WHERE "nextTryAt" IS NOT NULL;
CREATE INDEX hand_cancellation_sending ON "WarehouseCancellation" ("accountId", "connectionId") WHERE "state" = 'sending';

GRANT SELECT, INSERT, UPDATE, DELETE ON "WarehouseCancellation" TO crossdock_app, crossdock_system;

DO $$
DECLARE
  own text := '"accountId" = (SELECT crossdock_account()) AND ((SELECT crossdock_merchant()) IS NULL OR "merchantId" = (SELECT crossdock_merchant()))';
BEGIN
  ALTER TABLE "WarehouseCancellation" ENABLE ROW LEVEL SECURITY;
  ALTER TABLE "WarehouseCancellation" FORCE ROW LEVEL SECURITY;
  EXECUTE format('CREATE POLICY tenant ON "WarehouseCancellation" TO crossdock_app USING (%s) WITH CHECK (%s)', own, own);
  CREATE POLICY system ON "WarehouseCancellation" TO crossdock_system USING (true) WITH CHECK (true);
  CREATE POLICY chosen ON "WarehouseCancellation" AS RESTRICTIVE TO crossdock_app
    USING ((SELECT crossdock_chosen()) IS NULL OR "merchantId" = ANY ((SELECT crossdock_chosen())::text[]));
END $$;

-- Connections from before get the two functions too, where their system can do them. What was canceled before now is left alone.
INSERT INTO "Flow" ("id", "accountId", "merchantId", "connectionId", "job", "mode", "everyMinutes", "nextRunAt", "readFrom", "timeZone")
  SELECT 'flo_' || left(md5(c."id" || able."job"), 24), c."accountId", c."merchantId", c."id", able."job", able."mode", able."minutes",
    CASE able."mode" WHEN 'every' THEN now() + make_interval(secs => ('x' || left(md5(c."id"), 7))::bit(28)::int % 900) END, now(), a."timeZone"
  FROM "Connection" c JOIN "Account" a ON a."id" = c."accountId"
  JOIN (VALUES ('extensiv-3pl', 'destination', 'cancels/fetch', 'every', 15), ('vendure', 'source', 'cancels/upload', 'automatic', NULL),
    ('extensiv-om', 'source', 'cancels/upload', 'automatic', NULL)) AS able("connectorKey", "side", "job", "mode", "minutes")
    ON able."connectorKey" = c."connectorKey" AND able."side" = c."side"
  WHERE c."archivedAt" IS NULL AND EXISTS (SELECT 1 FROM "Flow" f WHERE f."accountId" = c."accountId" AND f."connectionId" = c."id");
