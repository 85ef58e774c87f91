CREATE TABLE "RuleSet" (
    "accountId" TEXT NOT NULL,
    "merchantId" TEXT NOT NULL,
    "draft" JSONB NOT NULL DEFAULT '[]',
    "revision" INTEGER NOT NULL DEFAULT 0,
    "draftBy" TEXT NOT NULL DEFAULT '',
    "draftAt" TIMESTAMPTZ(3),
    "publishedId" TEXT,

    CONSTRAINT "RuleSet_pkey" PRIMARY KEY ("accountId", "merchantId")
);

CREATE TABLE "RuleVersion" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "merchantId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "rules" JSONB NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "restoredFrom" INTEGER,
    "publishedBy" TEXT NOT NULL,
    "publishedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "RuleVersion_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "OrderRuling" (
    "accountId" TEXT NOT NULL,
    "merchantId" TEXT NOT NULL,
    "orderId" TEXT NOT NULL,
    "versionId" TEXT NOT NULL,
    "facts" JSONB NOT NULL,
    "outcomes" JSONB NOT NULL,
    "result" JSONB NOT NULL,
    "decidedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "OrderRuling_pkey" PRIMARY KEY ("accountId", "orderId")
);

CREATE UNIQUE INDEX "RuleVersion_accountId_id_key" ON "RuleVersion"("accountId", "id");
CREATE UNIQUE INDEX "RuleVersion_accountId_merchantId_number_key" ON "RuleVersion"("accountId", "merchantId", "number");

ALTER TABLE "RuleSet" ADD CONSTRAINT "RuleSet_accountId_merchantId_fkey" FOREIGN KEY ("accountId", "merchantId") REFERENCES "Merchant"("accountId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "RuleVersion" ADD CONSTRAINT "RuleVersion_accountId_merchantId_fkey" FOREIGN KEY ("accountId", "merchantId") REFERENCES "Merchant"("accountId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "OrderRuling" ADD CONSTRAINT "OrderRuling_accountId_orderId_fkey" FOREIGN KEY ("accountId", "orderId") REFERENCES "Order"("accountId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "OrderRuling" ADD CONSTRAINT "OrderRuling_accountId_versionId_fkey" FOREIGN KEY ("accountId", "versionId") REFERENCES "RuleVersion"("accountId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- When the merchant's rules decided on it, once; and the only destination that may claim it, where they name one.
ALTER TABLE "Order" ADD COLUMN "ruledAt" TIMESTAMPTZ(3), ADD COLUMN "routedTo" TEXT;
-- A person sent it now: it waits for no opening of its warehouse.
ALTER TABLE "Order" ADD COLUMN "hurriedAt" TIMESTAMPTZ(3), ADD COLUMN "waitsForOpening" BOOLEAN NOT NULL DEFAULT false;
-- Left out by a rule: nobody waits for it to ship.
ALTER TABLE "OrderLine" ADD COLUMN "leftOut" BOOLEAN NOT NULL DEFAULT false;

-- What a rule holds is held by nobody in particular: either side may release it.
ALTER TABLE "Order" DROP CONSTRAINT "Order_heldBy_check";
ALTER TABLE "Order" ADD CONSTRAINT "Order_heldBy_check" CHECK ("heldBy" <@ ARRAY['client', 'staff', 'go-live', 'rule']);

GRANT SELECT, INSERT, UPDATE, DELETE ON "RuleSet", "RuleVersion", "OrderRuling" TO crossdock_app, crossdock_system;

DO $$
DECLARE
  tenant_table text;
  own text := '"accountId" = (SELECT crossdock_account()) AND ((SELECT crossdock_merchant()) IS NULL OR "merchantId" = (SELECT crossdock_merchant()))';
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['RuleSet', 'RuleVersion', 'OrderRuling'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('CREATE POLICY tenant ON %I TO crossdock_app USING (%s) WITH CHECK (%s)', tenant_table, own, own);
    EXECUTE format('CREATE POLICY system ON %I TO crossdock_system USING (true) WITH CHECK (true)', tenant_table);
    EXECUTE format('CREATE POLICY chosen ON %I AS RESTRICTIVE TO crossdock_app USING ((SELECT crossdock_chosen()) IS NULL OR "merchantId" = ANY ((SELECT crossdock_chosen())::text[]))', tenant_table);
  END LOOP;
END $$;
