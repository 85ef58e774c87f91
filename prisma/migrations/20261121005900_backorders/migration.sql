-- An order may wait for stock, whole or in part, and goes out in several deliveries to one warehouse.
ALTER TABLE "Order" ADD COLUMN "backorderedAt" TIMESTAMPTZ(3), ADD COLUMN "backorderAsked" TEXT;
ALTER TABLE "OrderLine" ADD COLUMN "waitingQuantity" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "Delivery" ADD COLUMN "part" INTEGER NOT NULL DEFAULT 1;

DROP INDEX "Delivery_accountId_orderId_connectionId_key";
CREATE UNIQUE INDEX "Delivery_accountId_orderId_connectionId_part_key" ON "Delivery"("accountId", "orderId", "connectionId", "part");

CREATE TABLE "BackorderItem" (
    "accountId" TEXT NOT NULL,
    "merchantId" TEXT NOT NULL,
    "orderId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "lineId" TEXT NOT NULL,
    "sku" TEXT NOT NULL,
    "units" INTEGER NOT NULL,
    "available" INTEGER NOT NULL,
    "older" INTEGER NOT NULL,
    "counted" BOOLEAN NOT NULL,
    "examinedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "BackorderItem_pkey" PRIMARY KEY ("accountId", "orderId", "lineId", "sku")
);
ALTER TABLE "BackorderItem" ADD CONSTRAINT "BackorderItem_accountId_orderId_fkey" FOREIGN KEY ("accountId", "orderId") REFERENCES "Order"("accountId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
CREATE INDEX "BackorderItem_accountId_connectionId_sku_idx" ON "BackorderItem"("accountId", "connectionId", "sku");

ALTER TABLE "Order" ADD CHECK ("backorderAsked" IN ('available', 'full'));
ALTER TABLE "OrderLine" ADD CHECK ("waitingQuantity" >= 0);
ALTER TABLE "Delivery" ADD CHECK ("part" >= 1);
ALTER TABLE "BackorderItem" ADD CHECK ("units" > 0 AND "available" >= 0 AND "older" >= 0);

-- Orders that wait for stock are few among all there are.
CREATE INDEX hand_order_backordered ON "Order" ("accountId", "merchantId", "id") WHERE "backorderedAt" IS NOT NULL;
-- What was sent to a warehouse since it last counted.
CREATE INDEX hand_delivery_accepted ON "Delivery" ("accountId", "connectionId", "acceptedAt") WHERE "state" = 'accepted';

GRANT SELECT, INSERT, UPDATE, DELETE ON "BackorderItem" TO crossdock_app, crossdock_system;

DO $$
DECLARE
  own text := '"accountId" = (SELECT crossdock_account()) AND ((SELECT crossdock_merchant()) IS NULL OR "merchantId" = (SELECT crossdock_merchant()))';
BEGIN
  ALTER TABLE "BackorderItem" ENABLE ROW LEVEL SECURITY;
  ALTER TABLE "BackorderItem" FORCE ROW LEVEL SECURITY;
  EXECUTE format('CREATE POLICY tenant ON "BackorderItem" TO crossdock_app USING (%s) WITH CHECK (%s)', own, own);
  CREATE POLICY system ON "BackorderItem" TO crossdock_system USING (true) WITH CHECK (true);
  CREATE POLICY chosen ON "BackorderItem" AS RESTRICTIVE TO crossdock_app
    USING ((SELECT crossdock_chosen()) IS NULL OR "merchantId" = ANY ((SELECT crossdock_chosen())::text[]));
END $$;
