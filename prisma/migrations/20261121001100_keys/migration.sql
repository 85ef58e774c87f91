CREATE TABLE "ApiKey" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "merchantId" TEXT,
    "connectionId" TEXT,
    "name" TEXT NOT NULL,
    "permissions" TEXT[],
    "prefix" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "lastUsedAt" TIMESTAMPTZ(3),
    "previousPrefix" TEXT,
    "previousHash" TEXT,
    "previousUntil" TIMESTAMPTZ(3),
    "previousUsedAt" TIMESTAMPTZ(3),
    "expiresAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),
    "createdById" TEXT NOT NULL,
    "createdByName" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ApiKey_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "ShareLink" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "merchantId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "openedAt" TIMESTAMPTZ(3),
    "usedAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),
    "createdById" TEXT NOT NULL,
    "createdByEmail" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ShareLink_pkey" PRIMARY KEY ("id")
);

-- Counters need not outlive a crash of the server.
CREATE UNLOGGED TABLE "RateLimit" (
    "key" VARCHAR(255) NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "RateLimit_pkey" PRIMARY KEY ("key")
);

CREATE UNIQUE INDEX "ApiKey_tokenHash_key" ON "ApiKey"("tokenHash");
CREATE UNIQUE INDEX "ApiKey_previousHash_key" ON "ApiKey"("previousHash");
CREATE UNIQUE INDEX "ApiKey_accountId_id_key" ON "ApiKey"("accountId", "id");
CREATE UNIQUE INDEX "ShareLink_tokenHash_key" ON "ShareLink"("tokenHash");
CREATE INDEX "ShareLink_accountId_connectionId_idx" ON "ShareLink"("accountId", "connectionId");
CREATE UNIQUE INDEX "ShareLink_accountId_id_key" ON "ShareLink"("accountId", "id");
CREATE INDEX "RateLimit_expire_idx" ON "RateLimit"("expire");

ALTER TABLE "ApiKey" ADD CONSTRAINT "ApiKey_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "ApiKey" ADD CONSTRAINT "ApiKey_accountId_merchantId_fkey" FOREIGN KEY ("accountId", "merchantId") REFERENCES "Merchant"("accountId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ApiKey" ADD CONSTRAINT "ApiKey_accountId_connectionId_fkey" FOREIGN KEY ("accountId", "connectionId") REFERENCES "Connection"("accountId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ShareLink" ADD CONSTRAINT "ShareLink_accountId_merchantId_fkey" FOREIGN KEY ("accountId", "merchantId") REFERENCES "Merchant"("accountId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ShareLink" ADD CONSTRAINT "ShareLink_accountId_connectionId_fkey" FOREIGN KEY ("accountId", "connectionId") REFERENCES "Connection"("accountId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A key of one connection is a key of that connection's merchant.
ALTER TABLE "ApiKey" ADD CHECK ("connectionId" IS NULL OR "merchantId" IS NOT NULL);
-- One link at a time waits for one connection.
CREATE UNIQUE INDEX hand_share_link_waiting ON "ShareLink" ("accountId", "connectionId") WHERE "usedAt" IS NULL AND "revokedAt" IS NULL;

GRANT SELECT, INSERT, UPDATE, DELETE ON "ApiKey", "ShareLink" TO crossdock_app, crossdock_system;
GRANT SELECT, INSERT, UPDATE, DELETE ON "RateLimit" TO crossdock_system;
-- What is revoked stays on record.
REVOKE DELETE ON "ApiKey", "ShareLink" FROM crossdock_app;

-- Both are kept to the merchant; a key of the whole account is not for a merchant's eyes.
DO $$
DECLARE
  tenant_table text;
  own text := '"accountId" = (SELECT crossdock_account()) AND ((SELECT crossdock_merchant()) IS NULL OR "merchantId" = (SELECT crossdock_merchant()))';
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['ApiKey', 'ShareLink'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('CREATE POLICY tenant ON %I TO crossdock_app USING (%s) WITH CHECK (%s)', tenant_table, own, own);
    EXECUTE format('CREATE POLICY system ON %I TO crossdock_system USING (true) WITH CHECK (true)', tenant_table);
  END LOOP;
END $$;
