-- How a cart's stock figures are made. SKU '': for all its items; else what differs for one of them.
CREATE TABLE "StockRule" (
    "accountId" TEXT NOT NULL,
    "merchantId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "sku" TEXT NOT NULL DEFAULT '',
    "locations" TEXT[],
    "safetyStock" INTEGER,
    "share" INTEGER,
    "cap" INTEGER,
    "priority" INTEGER,
    "scarceBelow" INTEGER,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "StockRule_pkey" PRIMARY KEY ("accountId", "connectionId", "sku")
);

CREATE TABLE "StockRuleChange" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "merchantId" TEXT NOT NULL,
    "rows" JSONB NOT NULL,
    "byName" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "undoneAt" TIMESTAMPTZ(3),

    CONSTRAINT "StockRuleChange_pkey" PRIMARY KEY ("id")
);

-- The last statement of each day on which something changed.
CREATE TABLE "InventoryDay" (
    "accountId" TEXT NOT NULL,
    "merchantId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "location" TEXT NOT NULL,
    "sku" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "available" INTEGER NOT NULL,
    "onHand" INTEGER NOT NULL,
    "locked" INTEGER NOT NULL,
    "incoming" INTEGER NOT NULL,

    CONSTRAINT "InventoryDay_pkey" PRIMARY KEY ("accountId", "connectionId", "location", "sku", "day")
);

CREATE INDEX "StockRule_accountId_merchantId_sku_idx" ON "StockRule"("accountId", "merchantId", "sku");
CREATE UNIQUE INDEX "StockRuleChange_accountId_id_key" ON "StockRuleChange"("accountId", "id");
CREATE INDEX "StockRuleChange_accountId_merchantId_id_idx" ON "StockRuleChange"("accountId", "merchantId", "id");
CREATE INDEX "InventoryDay_accountId_merchantId_sku_day_idx" ON "InventoryDay"("accountId", "merchantId", "sku", "day");
CREATE INDEX "InventoryDay_day_idx" ON "InventoryDay"("day");

ALTER TABLE "StockRule" ADD CONSTRAINT "StockRule_accountId_connectionId_fkey" FOREIGN KEY ("accountId", "connectionId") REFERENCES "Connection"("accountId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "StockRuleChange" ADD CONSTRAINT "StockRuleChange_accountId_merchantId_fkey" FOREIGN KEY ("accountId", "merchantId") REFERENCES "Merchant"("accountId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "StockRule" ADD CHECK ("share" BETWEEN 1 AND 100);
ALTER TABLE "StockRule" ADD CHECK ("priority" BETWEEN 1 AND 9);
ALTER TABLE "StockRule" ADD CHECK ("safetyStock" >= 0 AND "cap" >= 0 AND "scarceBelow" >= 0);
-- One item has a safety stock and a cap of its own, and nothing else.
ALTER TABLE "StockRule" ADD CHECK ("sku" = '' OR ("share" IS NULL AND "priority" IS NULL AND "scarceBelow" IS NULL AND "locations" IS NULL));

-- The one location that could be chosen for a cart is now a list, by warehouse and location.
INSERT INTO "StockRule" ("accountId", "merchantId", "connectionId", "locations")
  SELECT c."accountId", c."merchantId", c."id",
    ARRAY(SELECT d."id" || '/' || (c."options" ->> 'inventoryLocation') FROM "Connection" d
      WHERE d."accountId" = c."accountId" AND d."merchantId" = c."merchantId" AND d."side" = 'destination' ORDER BY d."id")
  FROM "Connection" c WHERE c."side" = 'source' AND coalesce(c."options" ->> 'inventoryLocation', '') <> ''
    AND EXISTS (SELECT 1 FROM "Connection" d WHERE d."accountId" = c."accountId" AND d."merchantId" = c."merchantId" AND d."side" = 'destination');
UPDATE "Connection" SET "options" = "options" - 'inventoryLocation' WHERE "options" ? 'inventoryLocation';

GRANT SELECT, INSERT, UPDATE, DELETE ON "StockRule", "StockRuleChange", "InventoryDay" TO crossdock_app, crossdock_system;

DO $$
DECLARE
  tenant_table text;
  own text := '"accountId" = (SELECT crossdock_account()) AND ((SELECT crossdock_merchant()) IS NULL OR "merchantId" = (SELECT crossdock_merchant()))';
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['StockRule', 'StockRuleChange', 'InventoryDay'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('CREATE POLICY tenant ON %I TO crossdock_app USING (%s) WITH CHECK (%s)', tenant_table, own, own);
    EXECUTE format('CREATE POLICY system ON %I TO crossdock_system USING (true) WITH CHECK (true)', tenant_table);
    EXECUTE format('CREATE POLICY chosen ON %I AS RESTRICTIVE TO crossdock_app USING ((SELECT crossdock_chosen()) IS NULL OR "merchantId" = ANY ((SELECT crossdock_chosen())::text[]))', tenant_table);
  END LOOP;
END $$;
