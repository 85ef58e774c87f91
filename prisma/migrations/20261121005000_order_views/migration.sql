-- What somebody keeps of a list of orders: what it was narrowed to and which columns it showed.
CREATE TABLE "OrderView" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "merchantId" TEXT,
    "ownerId" TEXT NOT NULL,
    "ownerName" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "filter" JSONB NOT NULL,
    "columns" TEXT[] NOT NULL,
    "shared" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "OrderView_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "OrderView_accountId_id_key" ON "OrderView"("accountId", "id");
CREATE INDEX "OrderView_accountId_ownerId_idx" ON "OrderView"("accountId", "ownerId");
-- Nobody has two views of one name.
CREATE UNIQUE INDEX hand_order_view_name ON "OrderView" ("accountId", "ownerId", lower("name"));

ALTER TABLE "OrderView" ADD CONSTRAINT "OrderView_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "OrderView" ADD CONSTRAINT "OrderView_accountId_merchantId_fkey" FOREIGN KEY ("accountId", "merchantId") REFERENCES "Merchant"("accountId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "OrderView" ADD CHECK (jsonb_typeof("filter") = 'object');
ALTER TABLE "OrderView" ADD CHECK ("columns" <@ ARRAY['number', 'status', 'merchant', 'source', 'to', 'units', 'lines', 'total',
  'problem', 'placed', 'created', 'updated']);

GRANT SELECT, INSERT, UPDATE, DELETE ON "OrderView" TO crossdock_app, crossdock_system;

ALTER TABLE "OrderView" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "OrderView" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "OrderView" TO crossdock_app
  USING ("accountId" = (SELECT crossdock_account()) AND ((SELECT crossdock_merchant()) IS NULL OR "merchantId" = (SELECT crossdock_merchant())))
  WITH CHECK ("accountId" = (SELECT crossdock_account()) AND ((SELECT crossdock_merchant()) IS NULL OR "merchantId" = (SELECT crossdock_merchant())));
CREATE POLICY system ON "OrderView" TO crossdock_system USING (true) WITH CHECK (true);
-- A shared view may be about a merchant that not all staff work for: those do not even learn its name.
CREATE POLICY chosen ON "OrderView" AS RESTRICTIVE TO crossdock_app
  USING ((SELECT crossdock_chosen()) IS NULL OR (
    ("merchantId" IS NULL OR "merchantId" = ANY ((SELECT crossdock_chosen())::text[]))
    AND ("filter" ->> 'merchantId' IS NULL OR "filter" ->> 'merchantId' = ANY ((SELECT crossdock_chosen())::text[]))
    AND ("filter" ->> 'connectionId' IS NULL OR EXISTS (SELECT 1 FROM "Connection" c
      WHERE c."accountId" = "OrderView"."accountId" AND c."id" = "OrderView"."filter" ->> 'connectionId'))));
CREATE POLICY own_merchant ON "OrderView" AS RESTRICTIVE FOR SELECT TO crossdock_app
  USING ((SELECT crossdock_merchant()) IS NULL OR "merchantId" = (SELECT crossdock_merchant()));
