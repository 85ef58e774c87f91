-- Ship methods and carriers: what a cart's code becomes at the warehouse, and what a warehouse's carrier becomes at the cart.

CREATE TABLE "ShipMethodMapping" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "merchantId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL DEFAULT '',
    "conditions" JSONB NOT NULL DEFAULT '{}',
    "action" TEXT NOT NULL DEFAULT 'unmapped',
    "carrier" TEXT NOT NULL DEFAULT '',
    "service" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ShipMethodMapping_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "CarrierMapping" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "merchantId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "direction" TEXT NOT NULL,
    "carrier" TEXT NOT NULL,
    "service" TEXT NOT NULL DEFAULT '',
    "toCarrier" TEXT,
    "toService" TEXT NOT NULL DEFAULT '',
    "twoWay" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "CarrierMapping_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "WarehouseMethod" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "merchantId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "carrier" TEXT NOT NULL,
    "service" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "WarehouseMethod_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "ShipMethodMapping_accountId_id_key" ON "ShipMethodMapping"("accountId", "id");
CREATE UNIQUE INDEX "CarrierMapping_accountId_id_key" ON "CarrierMapping"("accountId", "id");
CREATE UNIQUE INDEX "WarehouseMethod_accountId_id_key" ON "WarehouseMethod"("accountId", "id");

ALTER TABLE "ShipMethodMapping" ADD CONSTRAINT "ShipMethodMapping_accountId_connectionId_fkey" FOREIGN KEY ("accountId", "connectionId") REFERENCES "Connection"("accountId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "CarrierMapping" ADD CONSTRAINT "CarrierMapping_accountId_connectionId_fkey" FOREIGN KEY ("accountId", "connectionId") REFERENCES "Connection"("accountId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "WarehouseMethod" ADD CONSTRAINT "WarehouseMethod_accountId_connectionId_fkey" FOREIGN KEY ("accountId", "connectionId") REFERENCES "Connection"("accountId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- One row per question: codes are one whatever their case, and conditions are written the same way each time.
CREATE UNIQUE INDEX hand_ship_method_code ON "ShipMethodMapping" ("accountId", "connectionId", lower("code"), "conditions");
CREATE UNIQUE INDEX hand_carrier_words ON "CarrierMapping" ("accountId", "connectionId", "direction", lower("carrier"), lower("service"));
CREATE UNIQUE INDEX hand_warehouse_method_words ON "WarehouseMethod" ("accountId", "connectionId", lower("carrier"), lower("service"));
-- Orders that wait for a mapping, by cart: read by each save of one.
CREATE INDEX hand_order_unmapped ON "Order" ("accountId", "connectionId", "id") WHERE "status" = 'error' AND "problemCode" = 'unmapped-ship-method';

ALTER TABLE "ShipMethodMapping" ADD CHECK ("action" IN ('unmapped', 'map', 'pass'));
ALTER TABLE "ShipMethodMapping" ADD CHECK ("action" <> 'map' OR "carrier" <> '' OR "service" <> '');
ALTER TABLE "CarrierMapping" ADD CHECK ("direction" IN ('in', 'out'));

GRANT SELECT, INSERT, UPDATE, DELETE ON "ShipMethodMapping", "CarrierMapping", "WarehouseMethod" TO crossdock_app, crossdock_system;

DO $$
DECLARE
  tenant_table text;
  own text := '"accountId" = (SELECT crossdock_account()) AND ((SELECT crossdock_merchant()) IS NULL OR "merchantId" = (SELECT crossdock_merchant()))';
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['ShipMethodMapping', 'CarrierMapping', 'WarehouseMethod'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('CREATE POLICY tenant ON %I TO crossdock_app USING (%s) WITH CHECK (%s)', tenant_table, own, own);
    EXECUTE format('CREATE POLICY system ON %I TO crossdock_system USING (true) WITH CHECK (true)', tenant_table);
    EXECUTE format('CREATE POLICY chosen ON %I AS RESTRICTIVE TO crossdock_app USING ((SELECT crossdock_chosen()) IS NULL OR "merchantId" = ANY ((SELECT crossdock_chosen())::text[]))', tenant_table);
  END LOOP;
END $$;

-- What carts have sent so far is on their lists from the start.
INSERT INTO "ShipMethodMapping" ("id", "accountId", "merchantId", "connectionId", "code", "name", "createdAt", "updatedAt")
  SELECT DISTINCT ON (o."accountId", o."connectionId", lower(seen.code))
    'shm_' || left(md5(o."connectionId" || lower(seen.code)), 24), o."accountId", o."merchantId", o."connectionId", seen.code,
    coalesce(o."document" -> 'shipping' ->> 'name', ''), o."createdAt", o."createdAt"
  FROM "Order" o CROSS JOIN LATERAL (SELECT btrim(coalesce(nullif(o."document" -> 'shipping' ->> 'code', ''), o."document" -> 'shipping' ->> 'name', '')) AS code) seen
  WHERE strpos(seen.code, '*') = 0
  ORDER BY o."accountId", o."connectionId", lower(seen.code), o."id" DESC;
INSERT INTO "CarrierMapping" ("id", "accountId", "merchantId", "connectionId", "direction", "carrier", "createdAt", "updatedAt")
  SELECT DISTINCT ON (s."accountId", s."connectionId", lower(s."carrier"))
    'cam_' || left(md5(s."connectionId" || lower(s."carrier")), 24), s."accountId", s."merchantId", s."connectionId", 'in', s."carrier", s."createdAt", s."createdAt"
  FROM "Shipment" s WHERE s."carrier" <> ''
  ORDER BY s."accountId", s."connectionId", lower(s."carrier"), s."id" DESC;
