-- An order may be split over several warehouses: each has a share of it, with a clock of its own.
ALTER TABLE "Order" ADD COLUMN "splits" TEXT, ADD COLUMN "sharedDueAt" TIMESTAMPTZ(3);

CREATE TABLE "OrderShare" (
    "accountId" TEXT NOT NULL,
    "merchantId" TEXT NOT NULL,
    "orderId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "place" INTEGER NOT NULL,
    "units" JSONB NOT NULL,
    "rest" JSONB NOT NULL,
    "parts" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "dueAt" TIMESTAMPTZ(3),
    "asked" TEXT,
    "problemCode" TEXT,
    "problem" TEXT,
    "plannedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "OrderShare_pkey" PRIMARY KEY ("accountId", "orderId", "connectionId")
);
ALTER TABLE "OrderShare" ADD CONSTRAINT "OrderShare_accountId_orderId_fkey" FOREIGN KEY ("accountId", "orderId") REFERENCES "Order"("accountId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
CREATE UNIQUE INDEX "OrderShare_accountId_orderId_place_key" ON "OrderShare"("accountId", "orderId", "place");

ALTER TABLE "Order" ADD CHECK ("splits" IN ('wanted', 'planned', 'cut'));
ALTER TABLE "OrderShare" ADD CHECK ("place" >= 1);
ALTER TABLE "OrderShare" ADD CHECK ("asked" IN ('available', 'full'));
ALTER TABLE "OrderShare" ADD CHECK (("problem" IS NULL) = ("problemCode" IS NULL));

-- What is to be planned, what somebody called for since its shares were last looked at, and what a warehouse has still to send.
CREATE INDEX hand_order_to_split ON "Order" ("accountId", "merchantId", "dueAt") WHERE "splits" = 'wanted' AND "dueAt" IS NOT NULL;
CREATE INDEX hand_order_called ON "Order" ("accountId", "merchantId") WHERE "splits" IN ('planned', 'cut') AND "dueAt" IS NOT NULL AND "dueAt" IS DISTINCT FROM "sharedDueAt";
CREATE INDEX hand_order_split ON "Order" ("accountId", "merchantId", "id") WHERE "splits" IS NOT NULL;
CREATE INDEX hand_share_open ON "OrderShare" ("accountId", "connectionId") WHERE "rest" <> '{}'::jsonb;

-- One line of an order may wait at two warehouses.
ALTER TABLE "BackorderItem" DROP CONSTRAINT "BackorderItem_pkey", ADD CONSTRAINT "BackorderItem_pkey" PRIMARY KEY ("accountId", "orderId", "connectionId", "lineId", "sku");

GRANT SELECT, INSERT, UPDATE, DELETE ON "OrderShare" TO crossdock_app, crossdock_system;

DO $$
DECLARE
  own text := '"accountId" = (SELECT crossdock_account()) AND ((SELECT crossdock_merchant()) IS NULL OR "merchantId" = (SELECT crossdock_merchant()))';
BEGIN
  ALTER TABLE "OrderShare" ENABLE ROW LEVEL SECURITY;
  ALTER TABLE "OrderShare" FORCE ROW LEVEL SECURITY;
  EXECUTE format('CREATE POLICY tenant ON "OrderShare" TO crossdock_app USING (%s) WITH CHECK (%s)', own, own);
  CREATE POLICY system ON "OrderShare" TO crossdock_system USING (true) WITH CHECK (true);
  CREATE POLICY chosen ON "OrderShare" AS RESTRICTIVE TO crossdock_app
    USING ((SELECT crossdock_chosen()) IS NULL OR "merchantId" = ANY ((SELECT crossdock_chosen())::text[]));
END $$;
