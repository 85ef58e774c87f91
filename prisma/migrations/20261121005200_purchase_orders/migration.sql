-- Purchase orders: what the warehouse is told to expect, what arrived, and what the source was told of it.

CREATE TABLE "PurchaseOrder" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "merchantId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "sourceId" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "supplier" TEXT NOT NULL DEFAULT '',
    "document" JSONB NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "expectedAt" TIMESTAMPTZ(3),
    "dueAt" TIMESTAMPTZ(3),
    "sendingCanceled" BOOLEAN NOT NULL DEFAULT false,
    "problemCode" TEXT,
    "problem" TEXT,
    "changeState" TEXT,
    "changeNote" TEXT NOT NULL DEFAULT '',
    "overState" TEXT,
    "sourceChangedAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "sentAt" TIMESTAMPTZ(3),
    "receivedAt" TIMESTAMPTZ(3),
    "closedAt" TIMESTAMPTZ(3),

    CONSTRAINT "PurchaseOrder_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "PurchaseOrderLine" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "merchantId" TEXT NOT NULL,
    "purchaseOrderId" TEXT NOT NULL,
    "sourceLineId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "sku" TEXT NOT NULL,
    "name" TEXT NOT NULL DEFAULT '',
    "expectedQuantity" INTEGER NOT NULL,
    "receivedBefore" INTEGER NOT NULL DEFAULT 0,
    "receivedQuantity" INTEGER NOT NULL DEFAULT 0,
    "unitOfMeasure" TEXT NOT NULL DEFAULT '',
    "unitsPerPack" INTEGER NOT NULL DEFAULT 1,
    "lot" TEXT NOT NULL DEFAULT '',
    "expectedAt" TIMESTAMPTZ(3),

    CONSTRAINT "PurchaseOrderLine_pkey" PRIMARY KEY ("accountId", "purchaseOrderId", "id")
);

CREATE TABLE "InboundDelivery" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "merchantId" TEXT NOT NULL,
    "purchaseOrderId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "nextTryAt" TIMESTAMPTZ(3),
    "firstTriedAt" TIMESTAMPTZ(3),
    "sentAt" TIMESTAMPTZ(3),
    "acceptedAt" TIMESTAMPTZ(3),
    "externalId" TEXT,
    "externalNumber" TEXT,
    "existed" BOOLEAN NOT NULL DEFAULT false,
    "problemCode" TEXT,
    "problem" TEXT,
    "document" JSONB NOT NULL,
    "runId" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "InboundDelivery_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "Receipt" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "merchantId" TEXT NOT NULL,
    "purchaseOrderId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,
    "final" BOOLEAN NOT NULL DEFAULT false,
    "overReceived" BOOLEAN NOT NULL DEFAULT false,
    "document" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Receipt_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "ReceiptLine" (
    "accountId" TEXT NOT NULL,
    "merchantId" TEXT NOT NULL,
    "receiptId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "purchaseOrderLineId" TEXT,
    "sku" TEXT NOT NULL,
    "lot" TEXT NOT NULL DEFAULT '',
    "quantity" INTEGER NOT NULL,
    "putAwayQuantity" INTEGER,
    "expiresAt" TIMESTAMPTZ(3),

    CONSTRAINT "ReceiptLine_pkey" PRIMARY KEY ("accountId", "receiptId", "key")
);

CREATE TABLE "ReceiptUpload" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "merchantId" TEXT NOT NULL,
    "purchaseOrderId" TEXT NOT NULL,
    "purchaseOrderLineId" TEXT NOT NULL,
    "receiptId" TEXT NOT NULL,
    "lineKey" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "closes" BOOLEAN NOT NULL DEFAULT false,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "nextTryAt" TIMESTAMPTZ(3),
    "firstTriedAt" TIMESTAMPTZ(3),
    "acceptedAt" TIMESTAMPTZ(3),
    "externalId" TEXT,
    "existed" BOOLEAN NOT NULL DEFAULT false,
    "problemCode" TEXT,
    "problem" TEXT,
    "document" JSONB,
    "runId" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ReceiptUpload_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "InboundAttempt" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "merchantId" TEXT NOT NULL,
    "purchaseOrderId" TEXT NOT NULL,
    "deliveryId" TEXT,
    "uploadId" TEXT,
    "number" INTEGER NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3) NOT NULL,
    "outcome" TEXT NOT NULL,
    "faultKind" TEXT,
    "message" TEXT,
    "exchangeId" TEXT,
    "runId" TEXT,

    CONSTRAINT "InboundAttempt_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "PurchaseOrderEvent" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "merchantId" TEXT NOT NULL,
    "purchaseOrderId" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "actorType" TEXT NOT NULL,
    "actorId" TEXT NOT NULL,
    "runId" TEXT,
    "facts" JSONB NOT NULL,

    CONSTRAINT "PurchaseOrderEvent_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "PurchaseOrder_accountId_id_key" ON "PurchaseOrder"("accountId", "id");
CREATE UNIQUE INDEX "PurchaseOrder_accountId_connectionId_sourceId_key" ON "PurchaseOrder"("accountId", "connectionId", "sourceId");
CREATE INDEX "PurchaseOrder_accountId_merchantId_id_idx" ON "PurchaseOrder"("accountId", "merchantId", "id");
CREATE UNIQUE INDEX "PurchaseOrderLine_accountId_purchaseOrderId_sourceLineId_key" ON "PurchaseOrderLine"("accountId", "purchaseOrderId", "sourceLineId");
CREATE INDEX "PurchaseOrderLine_accountId_merchantId_sku_idx" ON "PurchaseOrderLine"("accountId", "merchantId", "sku");
CREATE UNIQUE INDEX "InboundDelivery_accountId_id_key" ON "InboundDelivery"("accountId", "id");
CREATE UNIQUE INDEX "InboundDelivery_accountId_connectionId_key_key" ON "InboundDelivery"("accountId", "connectionId", "key");
CREATE UNIQUE INDEX "InboundDelivery_accountId_purchaseOrderId_key" ON "InboundDelivery"("accountId", "purchaseOrderId");
CREATE UNIQUE INDEX "Receipt_accountId_id_key" ON "Receipt"("accountId", "id");
CREATE UNIQUE INDEX "Receipt_accountId_connectionId_externalId_key" ON "Receipt"("accountId", "connectionId", "externalId");
CREATE INDEX "Receipt_accountId_purchaseOrderId_idx" ON "Receipt"("accountId", "purchaseOrderId");
CREATE UNIQUE INDEX "ReceiptUpload_accountId_id_key" ON "ReceiptUpload"("accountId", "id");
CREATE UNIQUE INDEX "ReceiptUpload_accountId_connectionId_key_key" ON "ReceiptUpload"("accountId", "connectionId", "key");
CREATE INDEX "ReceiptUpload_accountId_purchaseOrderId_idx" ON "ReceiptUpload"("accountId", "purchaseOrderId");
CREATE UNIQUE INDEX "InboundAttempt_accountId_id_key" ON "InboundAttempt"("accountId", "id");
CREATE INDEX "InboundAttempt_accountId_purchaseOrderId_idx" ON "InboundAttempt"("accountId", "purchaseOrderId");
CREATE UNIQUE INDEX "PurchaseOrderEvent_accountId_id_key" ON "PurchaseOrderEvent"("accountId", "id");
CREATE INDEX "PurchaseOrderEvent_accountId_purchaseOrderId_idx" ON "PurchaseOrderEvent"("accountId", "purchaseOrderId");

ALTER TABLE "PurchaseOrderLine" ADD CONSTRAINT "PurchaseOrderLine_accountId_purchaseOrderId_fkey" FOREIGN KEY ("accountId", "purchaseOrderId") REFERENCES "PurchaseOrder"("accountId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "InboundDelivery" ADD CONSTRAINT "InboundDelivery_accountId_purchaseOrderId_fkey" FOREIGN KEY ("accountId", "purchaseOrderId") REFERENCES "PurchaseOrder"("accountId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Receipt" ADD CONSTRAINT "Receipt_accountId_purchaseOrderId_fkey" FOREIGN KEY ("accountId", "purchaseOrderId") REFERENCES "PurchaseOrder"("accountId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "ReceiptLine" ADD CONSTRAINT "ReceiptLine_accountId_receiptId_fkey" FOREIGN KEY ("accountId", "receiptId") REFERENCES "Receipt"("accountId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "ReceiptUpload" ADD CONSTRAINT "ReceiptUpload_accountId_receiptId_fkey" FOREIGN KEY ("accountId", "receiptId") REFERENCES "Receipt"("accountId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "PurchaseOrderEvent" ADD CONSTRAINT "PurchaseOrderEvent_accountId_purchaseOrderId_fkey" FOREIGN KEY ("accountId", "purchaseOrderId") REFERENCES "PurchaseOrder"("accountId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "PurchaseOrder" ADD CHECK ("kind" IN ('purchase', 'transfer'));
ALTER TABLE "PurchaseOrder" ADD CHECK ("state" IN ('awaiting_authorization', 'awaiting_confirmation', 'awaiting_reauthorization',
  'pending_delivery', 'partially_fulfilled', 'fulfilled', 'closed_short', 'voided', 'canceled'));
ALTER TABLE "PurchaseOrder" ADD CHECK ("changeState" IN ('open', 'dealt'));
ALTER TABLE "PurchaseOrder" ADD CHECK ("overState" IN ('open', 'dealt'));
ALTER TABLE "PurchaseOrderLine" ADD CHECK ("expectedQuantity" >= 0 AND "receivedQuantity" >= 0 AND "receivedBefore" >= 0);
ALTER TABLE "InboundDelivery" ADD CHECK ("state" IN ('intended', 'sending', 'accepted', 'refused', 'unknown', 'canceled'));
ALTER TABLE "ReceiptUpload" ADD CHECK ("state" IN ('intended', 'sending', 'accepted', 'refused', 'unknown', 'canceled'));
ALTER TABLE "ReceiptUpload" ADD CHECK ("quantity" > 0);
ALTER TABLE "ReceiptLine" ADD CHECK ("quantity" >= 0);
ALTER TABLE "InboundAttempt" ADD CHECK (("deliveryId" IS NULL) <> ("uploadId" IS NULL));

-- Only what waits is indexed.
CREATE INDEX hand_purchase_order_due ON "PurchaseOrder" ("accountId", "merchantId", "dueAt") WHERE "dueAt" IS NOT NULL;
CREATE INDEX hand_inbound_external ON "InboundDelivery" ("accountId", "connectionId", "externalId") WHERE "externalId" IS NOT NULL;
CREATE INDEX hand_inbound_sending ON "InboundDelivery" ("accountId", "connectionId") WHERE "state" = 'sending';
CREATE INDEX hand_receipt_upload_due ON "ReceiptUpload" ("accountId", "connectionId", "nextTryAt") WHERE "nextTryAt" IS NOT NULL;
CREATE INDEX hand_receipt_upload_sending ON "ReceiptUpload" ("accountId", "connectionId") WHERE "state" = 'sending';

GRANT SELECT, INSERT, UPDATE, DELETE ON "PurchaseOrder", "PurchaseOrderLine", "InboundDelivery", "Receipt", "ReceiptLine", "ReceiptUpload", "InboundAttempt", "PurchaseOrderEvent" TO crossdock_app, crossdock_system;

DO $$
DECLARE
  tenant_table text;
  own text := '"accountId" = (SELECT crossdock_account()) AND ((SELECT crossdock_merchant()) IS NULL OR "merchantId" = (SELECT crossdock_merchant()))';
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['PurchaseOrder', 'PurchaseOrderLine', 'InboundDelivery', 'Receipt', 'ReceiptLine', 'ReceiptUpload', 'InboundAttempt', 'PurchaseOrderEvent'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('CREATE POLICY tenant ON %I TO crossdock_app USING (%s) WITH CHECK (%s)', tenant_table, own, own);
    EXECUTE format('CREATE POLICY system ON %I TO crossdock_system USING (true) WITH CHECK (true)', tenant_table);
    EXECUTE format('CREATE POLICY chosen ON %I AS RESTRICTIVE TO crossdock_app USING ((SELECT crossdock_chosen()) IS NULL OR "merchantId" = ANY ((SELECT crossdock_chosen())::text[]))', tenant_table);
  END LOOP;
END $$;

-- Connections from before get the functions too, switched off: on at once, they would send what has waited for years.
INSERT INTO "Flow" ("id", "accountId", "merchantId", "connectionId", "job", "mode", "timeZone")
  SELECT 'flo_' || left(md5(c."id" || able.job), 24), c."accountId", c."merchantId", c."id", able.job, 'off', a."timeZone"
  FROM "Connection" c JOIN "Account" a ON a."id" = c."accountId"
  JOIN (VALUES ('extensiv-om', 'source', 'purchase-orders/download'), ('extensiv-om', 'source', 'receipts/upload'),
    ('extensiv-3pl', 'destination', 'purchase-orders/deliver'), ('extensiv-3pl', 'destination', 'receipts/fetch')) able(connector, side, job)
    ON able.connector = c."connectorKey" AND able.side = c."side"
  WHERE c."archivedAt" IS NULL AND EXISTS (SELECT 1 FROM "Flow" f WHERE f."accountId" = c."accountId" AND f."connectionId" = c."id");
