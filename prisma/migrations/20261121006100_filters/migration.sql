-- What a cart's orders must be like to be loaded. Each saving is a row of its own, the highest version is in force.
CREATE TABLE "CartFilters" (
    "accountId" TEXT NOT NULL,
    "merchantId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "filters" JSONB NOT NULL,
    "byName" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "CartFilters_pkey" PRIMARY KEY ("accountId", "connectionId", "version")
);

ALTER TABLE "CartFilters" ADD CONSTRAINT "CartFilters_accountId_connectionId_fkey" FOREIGN KEY ("accountId", "connectionId") REFERENCES "Connection"("accountId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Of a record that is not an order: its number at the source, which setting refused it and when, and since when it is
-- to be asked for again.
ALTER TABLE "SourceKey" ADD COLUMN "number" TEXT;
ALTER TABLE "SourceKey" ADD COLUMN "refusedBy" TEXT;
ALTER TABLE "SourceKey" ADD COLUMN "refusedAt" TIMESTAMPTZ(3);
ALTER TABLE "SourceKey" ADD COLUMN "recheckAt" TIMESTAMPTZ(3);
UPDATE "SourceKey" SET "refusedAt" = "firstSeenAt", "refusedBy" = CASE WHEN "refusal" LIKE 'placed on %' THEN 'earliest-date' ELSE 'unusable' END
  WHERE "orderId" IS NULL AND "refusal" IS NOT NULL;
ALTER TABLE "SourceKey" ADD CHECK ("refusedBy" IN ('earliest-date', 'order-filters', 'tag-rules', 'item-filters', 'source-settings', 'unusable'));
CREATE INDEX hand_source_key_refused ON "SourceKey" ("accountId", "connectionId", "refusedAt" DESC, "sourceId") WHERE "orderId" IS NULL AND "refusedBy" IS NOT NULL;
CREATE INDEX hand_source_key_recheck ON "SourceKey" ("accountId", "connectionId", "sourceId") WHERE "recheckAt" IS NOT NULL;

-- Kept on the order, and not sent: an item filter of the cart holds it back.
ALTER TABLE "OrderLine" ADD COLUMN "filtered" BOOLEAN NOT NULL DEFAULT false;
CREATE INDEX hand_order_all_filtered ON "Order" ("accountId", "connectionId") WHERE "status" = 'error' AND "problemCode" = 'all-filtered';

GRANT SELECT, INSERT, UPDATE, DELETE ON "CartFilters" TO crossdock_app, crossdock_system;

DO $$
DECLARE
  own text := '"accountId" = (SELECT crossdock_account()) AND ((SELECT crossdock_merchant()) IS NULL OR "merchantId" = (SELECT crossdock_merchant()))';
BEGIN
  ALTER TABLE "CartFilters" ENABLE ROW LEVEL SECURITY;
  ALTER TABLE "CartFilters" FORCE ROW LEVEL SECURITY;
  EXECUTE format('CREATE POLICY tenant ON "CartFilters" TO crossdock_app USING (%s) WITH CHECK (%s)', own, own);
  CREATE POLICY system ON "CartFilters" TO crossdock_system USING (true) WITH CHECK (true);
  CREATE POLICY chosen ON "CartFilters" AS RESTRICTIVE TO crossdock_app USING ((SELECT crossdock_chosen()) IS NULL OR "merchantId" = ANY ((SELECT crossdock_chosen())::text[]));
END $$;
