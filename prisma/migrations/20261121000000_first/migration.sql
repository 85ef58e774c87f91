-- CreateTable
CREATE TABLE "Account" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "timeZone" TEXT NOT NULL DEFAULT 'UTC',
    "sealedKey" BYTEA NOT NULL,
    "keyId" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Membership" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "merchantId" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Membership_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Merchant" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "archivedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Merchant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AuditEntry" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "merchantId" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actorType" TEXT NOT NULL,
    "actorId" TEXT NOT NULL,
    "actorName" TEXT NOT NULL DEFAULT '',
    "action" TEXT NOT NULL,
    "subjectType" TEXT NOT NULL,
    "subjectId" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "requestId" TEXT NOT NULL,

    CONSTRAINT "AuditEntry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Alert" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "merchantId" TEXT,
    "connectionId" TEXT,
    "cause" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "sentence" TEXT NOT NULL,
    "facts" JSONB NOT NULL DEFAULT '{}',
    "count" INTEGER NOT NULL DEFAULT 1,
    "firstSeenAt" TIMESTAMPTZ(3) NOT NULL,
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL,
    "resolvedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Alert_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Credential" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "connectorKey" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "values" JSONB NOT NULL,
    "sealed" BYTEA,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Credential_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Connection" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "merchantId" TEXT NOT NULL,
    "connectorKey" TEXT NOT NULL,
    "side" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "credentialId" TEXT,
    "values" JSONB NOT NULL,
    "sealed" BYTEA,
    "options" JSONB NOT NULL DEFAULT '{}',
    "state" TEXT NOT NULL,
    "stateReason" TEXT NOT NULL DEFAULT '',
    "throttledUntil" TIMESTAMPTZ(3),
    "checkedAt" TIMESTAMPTZ(3),
    "checkedAs" TEXT NOT NULL DEFAULT '',
    "archivedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Connection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ConnectionToken" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "sealed" BYTEA,
    "expiresAt" TIMESTAMPTZ(3),
    "renewingUntil" TIMESTAMPTZ(3),
    "renewedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ConnectionToken_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Flow" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "merchantId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "job" TEXT NOT NULL,
    "mode" TEXT NOT NULL,
    "everyMinutes" INTEGER,
    "dailyAt" INTEGER,
    "timeZone" TEXT NOT NULL DEFAULT 'UTC',
    "pausedAt" TIMESTAMPTZ(3),
    "nextRunAt" TIMESTAMPTZ(3),
    "lastRunAt" TIMESTAMPTZ(3),
    "lastRunId" TEXT,
    "cursor" JSONB,
    "readFrom" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Flow_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Location" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "merchantId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "excludedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Location_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Product" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "merchantId" TEXT NOT NULL,
    "sku" TEXT NOT NULL,
    "name" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Product_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "InventoryLevel" (
    "accountId" TEXT NOT NULL,
    "merchantId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "location" TEXT NOT NULL,
    "sku" TEXT NOT NULL,
    "available" INTEGER NOT NULL,
    "availableStated" BOOLEAN NOT NULL,
    "onHand" INTEGER NOT NULL,
    "locked" INTEGER NOT NULL,
    "incoming" INTEGER NOT NULL,
    "takenAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "InventoryLevel_pkey" PRIMARY KEY ("accountId","connectionId","location","sku")
);

-- CreateTable
CREATE TABLE "InventoryFigure" (
    "accountId" TEXT NOT NULL,
    "merchantId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "sku" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "terms" JSONB NOT NULL,
    "state" TEXT NOT NULL,
    "problem" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "nextTryAt" TIMESTAMPTZ(3),
    "computedAt" TIMESTAMPTZ(3) NOT NULL,
    "pushedAt" TIMESTAMPTZ(3),
    "pushed" INTEGER,
    "exchangeId" TEXT,

    CONSTRAINT "InventoryFigure_pkey" PRIMARY KEY ("accountId","connectionId","sku")
);

-- CreateTable
CREATE TABLE "InventoryPush" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "merchantId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "sku" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "terms" JSONB NOT NULL,
    "outcome" TEXT NOT NULL,
    "message" TEXT,
    "exchangeId" TEXT,
    "runId" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "InventoryPush_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SourceKey" (
    "accountId" TEXT NOT NULL,
    "merchantId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "sourceId" TEXT NOT NULL,
    "orderId" TEXT,
    "fingerprint" TEXT NOT NULL,
    "refusal" TEXT,
    "firstSeenAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SourceKey_pkey" PRIMARY KEY ("accountId","connectionId","sourceId")
);

-- CreateTable
CREATE TABLE "Order" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "merchantId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "sourceId" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "sendingCanceled" BOOLEAN NOT NULL DEFAULT false,
    "heldAt" TIMESTAMPTZ(3),
    "heldReason" TEXT NOT NULL DEFAULT '',
    "dueAt" TIMESTAMPTZ(3),
    "problemCode" TEXT,
    "problem" TEXT,
    "shipToName" TEXT NOT NULL,
    "shipToCountry" TEXT NOT NULL,
    "lineCount" INTEGER NOT NULL,
    "unitCount" INTEGER NOT NULL,
    "totalAmount" DECIMAL(18,6),
    "currency" TEXT,
    "document" JSONB NOT NULL,
    "placedAt" TIMESTAMPTZ(3) NOT NULL,
    "sourceChangedAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "deliveredAt" TIMESTAMPTZ(3),
    "shippedAt" TIMESTAMPTZ(3),
    "confirmedAt" TIMESTAMPTZ(3),
    "canceledAt" TIMESTAMPTZ(3),

    CONSTRAINT "Order_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OrderLine" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "orderId" TEXT NOT NULL,
    "sourceLineId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "sku" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "shippedQuantity" INTEGER NOT NULL DEFAULT 0,
    "unitPrice" DECIMAL(18,6),

    CONSTRAINT "OrderLine_pkey" PRIMARY KEY ("accountId","orderId","id")
);

-- CreateTable
CREATE TABLE "OrderEvent" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "orderId" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "actorType" TEXT NOT NULL,
    "actorId" TEXT NOT NULL,
    "runId" TEXT,
    "facts" JSONB NOT NULL,

    CONSTRAINT "OrderEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Delivery" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "merchantId" TEXT NOT NULL,
    "orderId" TEXT NOT NULL,
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
    "steps" JSONB NOT NULL,
    "cancelState" TEXT NOT NULL DEFAULT 'none',
    "cancelReason" TEXT NOT NULL DEFAULT '',
    "cancelTryAt" TIMESTAMPTZ(3),
    "cancelAttempts" INTEGER NOT NULL DEFAULT 0,
    "runId" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Attempt" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "deliveryId" TEXT,
    "confirmationId" TEXT,
    "action" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3) NOT NULL,
    "outcome" TEXT NOT NULL,
    "faultKind" TEXT,
    "message" TEXT,
    "exchangeId" TEXT,
    "runId" TEXT,

    CONSTRAINT "Attempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "User" (
    "id" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT,
    "emailVerified" TIMESTAMPTZ(3),
    "image" TEXT,
    "timeZone" TEXT,
    "lastAccountId" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Session" (
    "id" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SignInToken" (
    "email" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SignInToken_pkey" PRIMARY KEY ("email","tokenHash")
);

-- CreateTable
CREATE TABLE "Run" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "merchantId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "flowId" TEXT NOT NULL,
    "job" TEXT NOT NULL,
    "trigger" TEXT NOT NULL,
    "actorId" TEXT,
    "state" TEXT NOT NULL,
    "workerId" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "heartbeatAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),
    "counts" JSONB NOT NULL,
    "cursorBefore" JSONB,
    "cursorAfter" JSONB,
    "message" TEXT,
    "againAt" TIMESTAMPTZ(3),
    "cancelAskedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RunRecord" (
    "id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "accountId" TEXT NOT NULL,
    "merchantId" TEXT NOT NULL,
    "runId" TEXT NOT NULL,
    "subjectType" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "orderId" TEXT,
    "outcome" TEXT NOT NULL,
    "reason" TEXT,
    "exchangeId" TEXT,

    CONSTRAINT "RunRecord_pkey" PRIMARY KEY ("id","at")
) PARTITION BY RANGE ("at");

-- CreateTable
CREATE TABLE "Exchange" (
    "id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "accountId" TEXT NOT NULL,
    "merchantId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "runId" TEXT,
    "method" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "status" INTEGER,
    "durationMs" INTEGER NOT NULL,
    "error" TEXT,
    "content" BYTEA NOT NULL,
    "truncated" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "Exchange_pkey" PRIMARY KEY ("id","at")
) PARTITION BY RANGE ("at");

-- CreateTable
CREATE TABLE "Worker" (
    "id" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "queueIds" TEXT[],
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "heartbeatAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Worker_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Shipment" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "merchantId" TEXT NOT NULL,
    "orderId" TEXT NOT NULL,
    "deliveryId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "carrier" TEXT NOT NULL,
    "service" TEXT NOT NULL,
    "overShipped" BOOLEAN NOT NULL DEFAULT false,
    "document" JSONB NOT NULL,
    "shippedAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Shipment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ShipmentLine" (
    "accountId" TEXT NOT NULL,
    "shipmentId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "orderLineId" TEXT,
    "sku" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,

    CONSTRAINT "ShipmentLine_pkey" PRIMARY KEY ("accountId","shipmentId","position")
);

-- CreateTable
CREATE TABLE "ShipmentPackage" (
    "accountId" TEXT NOT NULL,
    "shipmentId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "externalId" TEXT NOT NULL,
    "trackingNumber" TEXT NOT NULL,
    "trackingUrl" TEXT,

    CONSTRAINT "ShipmentPackage_pkey" PRIMARY KEY ("accountId","shipmentId","position")
);

-- CreateTable
CREATE TABLE "Confirmation" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "merchantId" TEXT NOT NULL,
    "orderId" TEXT NOT NULL,
    "shipmentId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "nextTryAt" TIMESTAMPTZ(3),
    "firstTriedAt" TIMESTAMPTZ(3),
    "acceptedAt" TIMESTAMPTZ(3),
    "externalId" TEXT,
    "existed" BOOLEAN NOT NULL DEFAULT false,
    "problemCode" TEXT,
    "problem" TEXT,
    "document" JSONB NOT NULL,
    "runId" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Confirmation_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Membership_userId_idx" ON "Membership"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "Membership_accountId_id_key" ON "Membership"("accountId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Membership_accountId_userId_key" ON "Membership"("accountId", "userId");

-- CreateIndex
CREATE UNIQUE INDEX "Merchant_accountId_id_key" ON "Merchant"("accountId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Merchant_accountId_name_key" ON "Merchant"("accountId", "name");

-- CreateIndex
CREATE INDEX "AuditEntry_accountId_subjectType_subjectId_idx" ON "AuditEntry"("accountId", "subjectType", "subjectId");

-- CreateIndex
CREATE UNIQUE INDEX "AuditEntry_accountId_id_key" ON "AuditEntry"("accountId", "id");

-- CreateIndex
CREATE INDEX "Alert_accountId_lastSeenAt_idx" ON "Alert"("accountId", "lastSeenAt");

-- CreateIndex
CREATE UNIQUE INDEX "Alert_accountId_id_key" ON "Alert"("accountId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Credential_accountId_id_key" ON "Credential"("accountId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Credential_accountId_connectorKey_name_key" ON "Credential"("accountId", "connectorKey", "name");

-- CreateIndex
CREATE UNIQUE INDEX "Connection_accountId_id_key" ON "Connection"("accountId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Connection_accountId_merchantId_name_key" ON "Connection"("accountId", "merchantId", "name");

-- CreateIndex
CREATE UNIQUE INDEX "ConnectionToken_accountId_id_key" ON "ConnectionToken"("accountId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Flow_accountId_id_key" ON "Flow"("accountId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Flow_accountId_connectionId_job_key" ON "Flow"("accountId", "connectionId", "job");

-- CreateIndex
CREATE UNIQUE INDEX "Location_accountId_id_key" ON "Location"("accountId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Location_accountId_connectionId_externalId_key" ON "Location"("accountId", "connectionId", "externalId");

-- CreateIndex
CREATE UNIQUE INDEX "Product_accountId_id_key" ON "Product"("accountId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Product_accountId_merchantId_sku_key" ON "Product"("accountId", "merchantId", "sku");

-- CreateIndex
CREATE INDEX "InventoryLevel_accountId_merchantId_sku_idx" ON "InventoryLevel"("accountId", "merchantId", "sku");

-- CreateIndex
CREATE INDEX "InventoryFigure_accountId_merchantId_sku_idx" ON "InventoryFigure"("accountId", "merchantId", "sku");

-- CreateIndex
CREATE INDEX "InventoryPush_accountId_merchantId_sku_at_idx" ON "InventoryPush"("accountId", "merchantId", "sku", "at");

-- CreateIndex
CREATE UNIQUE INDEX "InventoryPush_accountId_id_key" ON "InventoryPush"("accountId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "SourceKey_accountId_orderId_key" ON "SourceKey"("accountId", "orderId");

-- CreateIndex
CREATE INDEX "Order_accountId_status_id_idx" ON "Order"("accountId", "status", "id");

-- CreateIndex
CREATE INDEX "Order_accountId_merchantId_id_idx" ON "Order"("accountId", "merchantId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Order_accountId_id_key" ON "Order"("accountId", "id");

-- CreateIndex
CREATE INDEX "OrderEvent_accountId_orderId_idx" ON "OrderEvent"("accountId", "orderId");

-- CreateIndex
CREATE UNIQUE INDEX "OrderEvent_accountId_id_key" ON "OrderEvent"("accountId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Delivery_accountId_id_key" ON "Delivery"("accountId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Delivery_accountId_connectionId_key_key" ON "Delivery"("accountId", "connectionId", "key");

-- CreateIndex
CREATE UNIQUE INDEX "Delivery_accountId_orderId_connectionId_key" ON "Delivery"("accountId", "orderId", "connectionId");

-- CreateIndex
CREATE INDEX "Attempt_accountId_deliveryId_idx" ON "Attempt"("accountId", "deliveryId");

-- CreateIndex
CREATE INDEX "Attempt_accountId_confirmationId_idx" ON "Attempt"("accountId", "confirmationId");

-- CreateIndex
CREATE UNIQUE INDEX "Attempt_accountId_id_key" ON "Attempt"("accountId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");

-- CreateIndex
CREATE UNIQUE INDEX "Session_tokenHash_key" ON "Session"("tokenHash");

-- CreateIndex
CREATE INDEX "Session_userId_idx" ON "Session"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "SignInToken_tokenHash_key" ON "SignInToken"("tokenHash");

-- CreateIndex
CREATE INDEX "Run_accountId_flowId_id_idx" ON "Run"("accountId", "flowId", "id");

-- CreateIndex
CREATE INDEX "Run_accountId_connectionId_id_idx" ON "Run"("accountId", "connectionId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Run_accountId_id_key" ON "Run"("accountId", "id");

-- CreateIndex
CREATE INDEX "RunRecord_accountId_runId_id_idx" ON "RunRecord"("accountId", "runId", "id");

-- CreateIndex
CREATE INDEX "RunRecord_accountId_orderId_idx" ON "RunRecord"("accountId", "orderId");

-- CreateIndex
CREATE INDEX "Exchange_accountId_id_idx" ON "Exchange"("accountId", "id");

-- CreateIndex
CREATE INDEX "Exchange_accountId_runId_idx" ON "Exchange"("accountId", "runId");

-- CreateIndex
CREATE INDEX "Shipment_accountId_orderId_idx" ON "Shipment"("accountId", "orderId");

-- CreateIndex
CREATE UNIQUE INDEX "Shipment_accountId_id_key" ON "Shipment"("accountId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Shipment_accountId_connectionId_externalId_key" ON "Shipment"("accountId", "connectionId", "externalId");

-- CreateIndex
CREATE INDEX "ShipmentPackage_accountId_trackingNumber_idx" ON "ShipmentPackage"("accountId", "trackingNumber");

-- CreateIndex
CREATE INDEX "Confirmation_accountId_orderId_idx" ON "Confirmation"("accountId", "orderId");

-- CreateIndex
CREATE UNIQUE INDEX "Confirmation_accountId_id_key" ON "Confirmation"("accountId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Confirmation_accountId_connectionId_key_key" ON "Confirmation"("accountId", "connectionId", "key");

-- AddForeignKey
ALTER TABLE "Membership" ADD CONSTRAINT "Membership_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Membership" ADD CONSTRAINT "Membership_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Membership" ADD CONSTRAINT "Membership_accountId_merchantId_fkey" FOREIGN KEY ("accountId", "merchantId") REFERENCES "Merchant"("accountId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Merchant" ADD CONSTRAINT "Merchant_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Connection" ADD CONSTRAINT "Connection_accountId_merchantId_fkey" FOREIGN KEY ("accountId", "merchantId") REFERENCES "Merchant"("accountId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Connection" ADD CONSTRAINT "Connection_accountId_credentialId_fkey" FOREIGN KEY ("accountId", "credentialId") REFERENCES "Credential"("accountId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Flow" ADD CONSTRAINT "Flow_accountId_connectionId_fkey" FOREIGN KEY ("accountId", "connectionId") REFERENCES "Connection"("accountId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Location" ADD CONSTRAINT "Location_accountId_connectionId_fkey" FOREIGN KEY ("accountId", "connectionId") REFERENCES "Connection"("accountId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Order" ADD CONSTRAINT "Order_accountId_merchantId_fkey" FOREIGN KEY ("accountId", "merchantId") REFERENCES "Merchant"("accountId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OrderLine" ADD CONSTRAINT "OrderLine_accountId_orderId_fkey" FOREIGN KEY ("accountId", "orderId") REFERENCES "Order"("accountId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OrderEvent" ADD CONSTRAINT "OrderEvent_accountId_orderId_fkey" FOREIGN KEY ("accountId", "orderId") REFERENCES "Order"("accountId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Delivery" ADD CONSTRAINT "Delivery_accountId_orderId_fkey" FOREIGN KEY ("accountId", "orderId") REFERENCES "Order"("accountId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Attempt" ADD CONSTRAINT "Attempt_accountId_deliveryId_fkey" FOREIGN KEY ("accountId", "deliveryId") REFERENCES "Delivery"("accountId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Attempt" ADD CONSTRAINT "Attempt_accountId_confirmationId_fkey" FOREIGN KEY ("accountId", "confirmationId") REFERENCES "Confirmation"("accountId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Run" ADD CONSTRAINT "Run_accountId_connectionId_fkey" FOREIGN KEY ("accountId", "connectionId") REFERENCES "Connection"("accountId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Shipment" ADD CONSTRAINT "Shipment_accountId_orderId_fkey" FOREIGN KEY ("accountId", "orderId") REFERENCES "Order"("accountId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ShipmentLine" ADD CONSTRAINT "ShipmentLine_accountId_shipmentId_fkey" FOREIGN KEY ("accountId", "shipmentId") REFERENCES "Shipment"("accountId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ShipmentPackage" ADD CONSTRAINT "ShipmentPackage_accountId_shipmentId_fkey" FOREIGN KEY ("accountId", "shipmentId") REFERENCES "Shipment"("accountId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Confirmation" ADD CONSTRAINT "Confirmation_accountId_shipmentId_fkey" FOREIGN KEY ("accountId", "shipmentId") REFERENCES "Shipment"("accountId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

