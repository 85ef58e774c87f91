ALTER TABLE "Order"
  ADD COLUMN "heldBy" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
  ADD COLUMN "waitsUntil" TIMESTAMPTZ(3),
  ADD COLUMN "sourceDocument" JSONB,
  ADD COLUMN "editedAt" TIMESTAMPTZ(3),
  ADD COLUMN "changeState" TEXT;

ALTER TABLE "Delivery" ADD COLUMN "handBefore" JSONB;

CREATE TABLE "BulkOperation" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "merchantId" TEXT,
    "verb" TEXT NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "orderIds" TEXT[],
    "done" INTEGER NOT NULL DEFAULT 0,
    "changedIds" TEXT[],
    "problems" JSONB NOT NULL DEFAULT '[]',
    "stays" INTEGER NOT NULL DEFAULT 0,
    "undoes" TEXT,
    "asker" JSONB NOT NULL,
    "createdByName" TEXT NOT NULL DEFAULT '',
    "stopAskedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "BulkOperation_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "BulkOperation_accountId_id_key" ON "BulkOperation"("accountId", "id");

ALTER TABLE "BulkOperation" ADD CONSTRAINT "BulkOperation_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "BulkOperation" ADD CONSTRAINT "BulkOperation_accountId_merchantId_fkey" FOREIGN KEY ("accountId", "merchantId") REFERENCES "Merchant"("accountId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What is held already was held by the account's own staff.
UPDATE "Order" SET "heldBy" = ARRAY['staff'] WHERE "heldAt" IS NOT NULL;

ALTER TABLE "Order" ADD CHECK ("heldBy" <@ ARRAY['client', 'staff']);
ALTER TABLE "Order" ADD CHECK ("changeState" IN ('wanted', 'sending', 'open', 'dealt'));
ALTER TABLE "BulkOperation" ADD CHECK ("state" IN ('waiting', 'running', 'done', 'stopped'));
-- Few orders at a time have a change that the warehouse has not been told.
CREATE INDEX hand_order_change ON "Order" ("accountId", "merchantId") WHERE "changeState" IN ('wanted', 'sending');

GRANT SELECT, INSERT, UPDATE, DELETE ON "BulkOperation" TO crossdock_app, crossdock_system;

DO $$
DECLARE
  own text := '"accountId" = (SELECT crossdock_account()) AND ((SELECT crossdock_merchant()) IS NULL OR "merchantId" = (SELECT crossdock_merchant()))';
BEGIN
  ALTER TABLE "BulkOperation" ENABLE ROW LEVEL SECURITY;
  ALTER TABLE "BulkOperation" FORCE ROW LEVEL SECURITY;
  EXECUTE format('CREATE POLICY tenant ON "BulkOperation" TO crossdock_app USING (%s) WITH CHECK (%s)', own, own);
  CREATE POLICY system ON "BulkOperation" TO crossdock_system USING (true) WITH CHECK (true);
  CREATE POLICY chosen ON "BulkOperation" AS RESTRICTIVE TO crossdock_app
    USING ((SELECT crossdock_chosen()) IS NULL OR "merchantId" IS NULL OR "merchantId" = ANY ((SELECT crossdock_chosen())::text[]));
  CREATE POLICY own_merchant ON "BulkOperation" AS RESTRICTIVE FOR SELECT TO crossdock_app
    USING ((SELECT crossdock_merchant()) IS NULL OR "merchantId" = (SELECT crossdock_merchant()));
END $$;
