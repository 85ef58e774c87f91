CREATE TABLE "ItemMapping" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "merchantId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "sku" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ItemMapping_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "ItemAlias" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "merchantId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "sku" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ItemAlias_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "ItemKit" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "merchantId" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "parts" JSONB NOT NULL,
    "mode" TEXT NOT NULL,
    "partial" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ItemKit_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "ItemChange" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "merchantId" TEXT NOT NULL,
    "rows" JSONB NOT NULL,
    "byName" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "undoneAt" TIMESTAMPTZ(3),

    CONSTRAINT "ItemChange_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "ItemMapping_accountId_id_key" ON "ItemMapping"("accountId", "id");
CREATE UNIQUE INDEX "ItemMapping_accountId_connectionId_code_key" ON "ItemMapping"("accountId", "connectionId", "code");
CREATE UNIQUE INDEX "ItemMapping_accountId_connectionId_sku_key" ON "ItemMapping"("accountId", "connectionId", "sku");
CREATE INDEX "ItemMapping_accountId_merchantId_sku_idx" ON "ItemMapping"("accountId", "merchantId", "sku");
CREATE UNIQUE INDEX "ItemAlias_accountId_id_key" ON "ItemAlias"("accountId", "id");
CREATE UNIQUE INDEX "ItemAlias_accountId_merchantId_code_key" ON "ItemAlias"("accountId", "merchantId", "code");
CREATE UNIQUE INDEX "ItemAlias_accountId_merchantId_sku_name_key" ON "ItemAlias"("accountId", "merchantId", "sku", "name");
CREATE UNIQUE INDEX "ItemKit_accountId_id_key" ON "ItemKit"("accountId", "id");
CREATE UNIQUE INDEX "ItemKit_accountId_merchantId_code_key" ON "ItemKit"("accountId", "merchantId", "code");
CREATE UNIQUE INDEX "ItemChange_accountId_id_key" ON "ItemChange"("accountId", "id");
CREATE INDEX "ItemChange_accountId_merchantId_id_idx" ON "ItemChange"("accountId", "merchantId", "id");

ALTER TABLE "ItemMapping" ADD CONSTRAINT "ItemMapping_accountId_connectionId_fkey" FOREIGN KEY ("accountId", "connectionId") REFERENCES "Connection"("accountId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "ItemAlias" ADD CONSTRAINT "ItemAlias_accountId_merchantId_fkey" FOREIGN KEY ("accountId", "merchantId") REFERENCES "Merchant"("accountId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ItemKit" ADD CONSTRAINT "ItemKit_accountId_merchantId_fkey" FOREIGN KEY ("accountId", "merchantId") REFERENCES "Merchant"("accountId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ItemChange" ADD CONSTRAINT "ItemChange_accountId_merchantId_fkey" FOREIGN KEY ("accountId", "merchantId") REFERENCES "Merchant"("accountId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "ItemKit" ADD CHECK ("mode" IN ('explode', 'whole'));
ALTER TABLE "ItemKit" ADD CHECK ("partial" IN ('wait', 'first'));

-- What the cart calls the SKU of a figure; null: the same.
ALTER TABLE "InventoryFigure" ADD COLUMN "code" TEXT;
-- Orders that wait for an item code to be mapped are few among all there are.
CREATE INDEX hand_order_unknown_sku ON "Order" ("accountId", "merchantId") WHERE "status" = 'error' AND "problemCode" = 'unknown-sku';

GRANT SELECT, INSERT, UPDATE, DELETE ON "ItemMapping", "ItemAlias", "ItemKit", "ItemChange" TO crossdock_app, crossdock_system;

DO $$
DECLARE
  tenant_table text;
  own text := '"accountId" = (SELECT crossdock_account()) AND ((SELECT crossdock_merchant()) IS NULL OR "merchantId" = (SELECT crossdock_merchant()))';
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['ItemMapping', 'ItemAlias', 'ItemKit', 'ItemChange'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('CREATE POLICY tenant ON %I TO crossdock_app USING (%s) WITH CHECK (%s)', tenant_table, own, own);
    EXECUTE format('CREATE POLICY system ON %I TO crossdock_system USING (true) WITH CHECK (true)', tenant_table);
    EXECUTE format('CREATE POLICY chosen ON %I AS RESTRICTIVE TO crossdock_app USING ((SELECT crossdock_chosen()) IS NULL OR "merchantId" = ANY ((SELECT crossdock_chosen())::text[]))', tenant_table);
  END LOOP;
END $$;
