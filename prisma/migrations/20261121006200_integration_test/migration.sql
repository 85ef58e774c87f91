-- A guided test of one cart and one warehouse, and the orders and purchase orders that were made for one.

CREATE TABLE "IntegrationTest" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "merchantId" TEXT NOT NULL,
    "sourceId" TEXT NOT NULL,
    "destinationId" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "flows" TEXT[] NOT NULL,
    "steps" JSONB NOT NULL DEFAULT '{}',
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "startedByName" TEXT NOT NULL,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "IntegrationTest_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "IntegrationTest_accountId_id_key" ON "IntegrationTest"("accountId", "id");
CREATE INDEX "IntegrationTest_accountId_sourceId_id_idx" ON "IntegrationTest"("accountId", "sourceId", "id");
CREATE INDEX "IntegrationTest_accountId_destinationId_id_idx" ON "IntegrationTest"("accountId", "destinationId", "id");

ALTER TABLE "IntegrationTest" ADD CONSTRAINT "IntegrationTest_accountId_sourceId_fkey" FOREIGN KEY ("accountId", "sourceId") REFERENCES "Connection"("accountId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "IntegrationTest" ADD CONSTRAINT "IntegrationTest_accountId_destinationId_fkey" FOREIGN KEY ("accountId", "destinationId") REFERENCES "Connection"("accountId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "IntegrationTest" ADD CHECK ("state" IN ('running', 'passed', 'ended'));
ALTER TABLE "IntegrationTest" ADD CHECK (("state" = 'running') = ("endedAt" IS NULL));
ALTER TABLE "IntegrationTest" ADD CHECK ("flows" <@ ARRAY['orders', 'shipments', 'stock', 'purchaseOrders', 'receipts']);

-- One under way per pair.
CREATE UNIQUE INDEX hand_integration_test_running ON "IntegrationTest" ("accountId", "sourceId", "destinationId") WHERE "endedAt" IS NULL;

ALTER TABLE "Order" ADD COLUMN "testId" TEXT;
ALTER TABLE "PurchaseOrder" ADD COLUMN "testId" TEXT;
CREATE INDEX hand_order_of_test ON "Order" ("accountId", "testId") WHERE "testId" IS NOT NULL;
CREATE INDEX hand_purchase_order_of_test ON "PurchaseOrder" ("accountId", "testId") WHERE "testId" IS NOT NULL;

GRANT SELECT, INSERT, UPDATE, DELETE ON "IntegrationTest" TO crossdock_app, crossdock_system;
-- What was tested stays on record.
REVOKE DELETE ON "IntegrationTest" FROM crossdock_app;

ALTER TABLE "IntegrationTest" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "IntegrationTest" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "IntegrationTest" TO crossdock_app
  USING ("accountId" = (SELECT crossdock_account()) AND ((SELECT crossdock_merchant()) IS NULL OR "merchantId" = (SELECT crossdock_merchant())))
  WITH CHECK ("accountId" = (SELECT crossdock_account()) AND ((SELECT crossdock_merchant()) IS NULL OR "merchantId" = (SELECT crossdock_merchant())));
CREATE POLICY system ON "IntegrationTest" TO crossdock_system USING (true) WITH CHECK (true);
CREATE POLICY chosen ON "IntegrationTest" AS RESTRICTIVE TO crossdock_app
  USING ((SELECT crossdock_chosen()) IS NULL OR "merchantId" = ANY ((SELECT crossdock_chosen())::text[]));
