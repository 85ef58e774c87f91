-- What each warehouse says of a merchant's products, in grams and millimetres.

CREATE TABLE "ProductDetail" (
    "accountId" TEXT NOT NULL,
    "merchantId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "sku" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "name" TEXT NOT NULL DEFAULT '',
    "description" TEXT NOT NULL DEFAULT '',
    "grams" DOUBLE PRECISION,
    "lengthMm" DOUBLE PRECISION,
    "widthMm" DOUBLE PRECISION,
    "heightMm" DOUBLE PRECISION,
    "aliases" JSONB NOT NULL DEFAULT '[]',
    "active" BOOLEAN NOT NULL DEFAULT true,
    "lotTracked" BOOLEAN,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ProductDetail_pkey" PRIMARY KEY ("accountId","connectionId","sku")
);

CREATE INDEX "ProductDetail_accountId_merchantId_sku_idx" ON "ProductDetail"("accountId", "merchantId", "sku");

ALTER TABLE "ProductDetail" ADD CONSTRAINT "ProductDetail_accountId_connectionId_fkey" FOREIGN KEY ("accountId", "connectionId") REFERENCES "Connection"("accountId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "ProductDetail" ADD CHECK ("grams" >= 0 AND "lengthMm" >= 0 AND "widthMm" >= 0 AND "heightMm" >= 0);

-- The warehouse that told an alias; null: a person entered it, and no download changes it.
ALTER TABLE "ItemAlias" ADD COLUMN "connectionId" TEXT;

GRANT SELECT, INSERT, UPDATE, DELETE ON "ProductDetail" TO crossdock_app, crossdock_system;

ALTER TABLE "ProductDetail" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "ProductDetail" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "ProductDetail" TO crossdock_app
  USING ("accountId" = (SELECT crossdock_account()) AND ((SELECT crossdock_merchant()) IS NULL OR "merchantId" = (SELECT crossdock_merchant())))
  WITH CHECK ("accountId" = (SELECT crossdock_account()) AND ((SELECT crossdock_merchant()) IS NULL OR "merchantId" = (SELECT crossdock_merchant())));
CREATE POLICY system ON "ProductDetail" TO crossdock_system USING (true) WITH CHECK (true);
CREATE POLICY chosen ON "ProductDetail" AS RESTRICTIVE TO crossdock_app
  USING ((SELECT crossdock_chosen()) IS NULL OR "merchantId" = ANY ((SELECT crossdock_chosen())::text[]));

-- Warehouses from before get the functions too: products once a day, but not where their details are not wanted.
INSERT INTO "Flow" ("id", "accountId", "merchantId", "connectionId", "job", "mode", "everyMinutes", "nextRunAt", "timeZone")
  SELECT 'flo_' || left(md5('products/fetch' || c."id"), 24), c."accountId", c."merchantId", c."id", 'products/fetch',
    CASE WHEN wanted THEN 'every' ELSE 'off' END, CASE WHEN wanted THEN 1440 END,
    CASE WHEN wanted THEN now() + make_interval(mins => 5 + ('x' || left(md5(c."id"), 7))::bit(28)::int % 240) END, a."timeZone"
  FROM "Connection" c JOIN "Account" a ON a."id" = c."accountId"
  CROSS JOIN LATERAL (SELECT c."connectorKey" <> 'extensiv-om' OR coalesce((c."values" ->> 'downloadProducts')::boolean, false) AS wanted) given
  WHERE c."archivedAt" IS NULL AND c."side" = 'destination'
    AND c."connectorKey" IN ('extensiv-3pl', 'extensiv-om', 'extensiv-im', 'rest-destination', 'techoms');
INSERT INTO "Flow" ("id", "accountId", "merchantId", "connectionId", "job", "mode", "timeZone")
  SELECT 'flo_' || left(md5('products/export' || c."id"), 24), c."accountId", c."merchantId", c."id", 'products/export', 'off', a."timeZone"
  FROM "Connection" c JOIN "Account" a ON a."id" = c."accountId"
  WHERE c."archivedAt" IS NULL AND c."side" = 'destination' AND c."connectorKey" IN ('extensiv-3pl', 'rest-destination', 'techoms');

-- One control says whether the shopper is named to the warehouse: what a REST warehouse had of its own becomes it.
UPDATE "Connection" SET "options" = "options" || '{"suppressPersonalData": true}'
  WHERE "connectorKey" IN ('rest-destination', 'techoms') AND "values" ->> 'suppressPersonal' = 'true';
UPDATE "Connection" SET "values" = "values" - 'suppressPersonal' WHERE "connectorKey" IN ('rest-destination', 'techoms');
