-- How long shoppers' personal data is kept, what erased it, and what a merchant took along.

ALTER TABLE "Account" ADD COLUMN "retentionDays" INTEGER;
ALTER TABLE "Connection" ADD COLUMN "retentionDays" INTEGER;
ALTER TABLE "Order" ADD COLUMN "eraseWantedAt" TIMESTAMPTZ(3), ADD COLUMN "erasedAt" TIMESTAMPTZ(3);

CREATE TABLE "Erasure" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "merchantId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "by" TEXT,
    "hint" TEXT NOT NULL DEFAULT '',
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "sealed" BYTEA,
    "cursor" TEXT NOT NULL DEFAULT '',
    "total" INTEGER NOT NULL DEFAULT 0,
    "looked" INTEGER NOT NULL DEFAULT 0,
    "orders" INTEGER NOT NULL DEFAULT 0,
    "openOrders" INTEGER NOT NULL DEFAULT 0,
    "exchanges" INTEGER NOT NULL DEFAULT 0,
    "createdById" TEXT NOT NULL DEFAULT '',
    "createdByName" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Erasure_pkey" PRIMARY KEY ("id")
);
CREATE TABLE "Export" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "merchantId" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "entry" INTEGER NOT NULL DEFAULT 0,
    "cursor" TEXT NOT NULL DEFAULT '',
    "parts" INTEGER NOT NULL DEFAULT 0,
    "rows" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER NOT NULL DEFAULT 0,
    "size" BIGINT NOT NULL DEFAULT 0,
    "createdById" TEXT NOT NULL DEFAULT '',
    "createdByName" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Export_pkey" PRIMARY KEY ("id")
);
CREATE TABLE "ExportPart" (
    "accountId" TEXT NOT NULL,
    "merchantId" TEXT NOT NULL,
    "exportId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "content" BYTEA NOT NULL,

    CONSTRAINT "ExportPart_pkey" PRIMARY KEY ("accountId", "exportId", "number")
);

CREATE UNIQUE INDEX "Erasure_accountId_id_key" ON "Erasure"("accountId", "id");
CREATE INDEX "Erasure_accountId_merchantId_id_idx" ON "Erasure"("accountId", "merchantId", "id");
CREATE UNIQUE INDEX "Export_accountId_id_key" ON "Export"("accountId", "id");
CREATE INDEX "Export_accountId_merchantId_id_idx" ON "Export"("accountId", "merchantId", "id");
ALTER TABLE "ExportPart" ADD CONSTRAINT "ExportPart_accountId_exportId_fkey" FOREIGN KEY ("accountId", "exportId") REFERENCES "Export"("accountId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Erasure" ADD CONSTRAINT "Erasure_accountId_merchantId_fkey" FOREIGN KEY ("accountId", "merchantId") REFERENCES "Merchant"("accountId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Export" ADD CONSTRAINT "Export_accountId_merchantId_fkey" FOREIGN KEY ("accountId", "merchantId") REFERENCES "Merchant"("accountId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "Account" ADD CHECK ("retentionDays" BETWEEN 1 AND 3650);
ALTER TABLE "Connection" ADD CHECK ("retentionDays" BETWEEN 1 AND 3650);
ALTER TABLE "Erasure" ADD CHECK ("kind" IN ('retention', 'shopper'));
ALTER TABLE "Erasure" ADD CHECK ("by" IN ('email', 'phone', 'number'));
ALTER TABLE "Erasure" ADD CHECK ("state" IN ('waiting', 'orders', 'exchanges', 'done'));
-- Whom it was about is known no longer than it takes.
ALTER TABLE "Erasure" ADD CHECK ("state" <> 'done' OR "sealed" IS NULL);
ALTER TABLE "Export" ADD CHECK ("state" IN ('waiting', 'running', 'done', 'removed'));

-- Closed orders whose data is still there, by the moment they closed; and open ones that wait to be erased.
CREATE INDEX hand_order_to_erase ON "Order" ("accountId", "connectionId", (coalesce("confirmedAt", "canceledAt", "shippedAt")))
  WHERE "erasedAt" IS NULL AND "status" IN ('shipped', 'confirmed', 'canceled');
CREATE INDEX hand_order_erase_wanted ON "Order" ("accountId", "merchantId") WHERE "eraseWantedAt" IS NOT NULL AND "erasedAt" IS NULL;
CREATE INDEX hand_record_without_order ON "RunRecord" ("accountId", "subject") WHERE "orderId" IS NULL AND "subjectType" = 'order';
CREATE UNIQUE INDEX hand_erasure_retention ON "Erasure" ("accountId", "merchantId") WHERE "kind" = 'retention' AND "state" <> 'done';
CREATE INDEX hand_erasure_unfinished ON "Erasure" ("accountId") WHERE "state" <> 'done';

GRANT SELECT, INSERT, UPDATE, DELETE ON "Erasure", "Export", "ExportPart" TO crossdock_app, crossdock_system;
-- What was erased and taken along stays on record.
REVOKE DELETE ON "Erasure", "Export" FROM crossdock_app;

DO $$
DECLARE
  tenant_table text;
  own text := '"accountId" = (SELECT crossdock_account()) AND ((SELECT crossdock_merchant()) IS NULL OR "merchantId" = (SELECT crossdock_merchant()))';
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['Erasure', 'Export', 'ExportPart'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('CREATE POLICY tenant ON %I TO crossdock_app USING (%s) WITH CHECK (%s)', tenant_table, own, own);
    EXECUTE format('CREATE POLICY system ON %I TO crossdock_system USING (true) WITH CHECK (true)', tenant_table);
    -- Where staff can be kept to chosen merchants already; else that is added with it.
    IF to_regprocedure('crossdock_chosen()') IS NOT NULL THEN
      EXECUTE format('CREATE POLICY chosen ON %I AS RESTRICTIVE TO crossdock_app USING ((SELECT crossdock_chosen()) IS NULL OR "merchantId" = ANY ((SELECT crossdock_chosen())::text[]))', tenant_table);
    END IF;
  END LOOP;
END $$;

-- The audit log stays closed to tenants, but for this: words noted about an order of their own that is erased already
-- are replaced, in the transaction that erases it. Who did what and when is never touched.
CREATE FUNCTION crossdock_blank(facts jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$
  SELECT jsonb_object_agg(key, CASE WHEN key <> 'status' AND jsonb_typeof(value) IN ('string', 'object', 'array') AND value <> '""'
    THEN '"erased"'::jsonb ELSE value END) FROM jsonb_each(facts)
$$;
CREATE FUNCTION crossdock_erase_audit(order_ids text[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  UPDATE "AuditEntry" a SET "before" = crossdock_blank(a."before"), "after" = crossdock_blank(a."after")
  FROM "Order" o
  WHERE a."accountId" = crossdock_account() AND a."subjectType" = 'order' AND a."subjectId" = ANY (order_ids)
    AND o."accountId" = a."accountId" AND o."id" = a."subjectId" AND o."erasedAt" IS NOT NULL
    AND (crossdock_merchant() IS NULL OR o."merchantId" = crossdock_merchant())
$$;
REVOKE ALL ON FUNCTION crossdock_erase_audit(text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION crossdock_erase_audit(text[]) TO crossdock_app;
