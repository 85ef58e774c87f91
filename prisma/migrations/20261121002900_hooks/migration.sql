-- Events that came in by a webhook, so that a replayed one changes nothing. Old ones are pruned.
CREATE TABLE "HookEvent" (
    "accountId" TEXT NOT NULL,
    "merchantId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "eventId" TEXT NOT NULL,
    "happenedAt" TIMESTAMPTZ(3) NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "HookEvent_pkey" PRIMARY KEY ("accountId", "connectionId", "eventId")
);
CREATE INDEX "HookEvent_receivedAt_idx" ON "HookEvent"("receivedAt");
ALTER TABLE "HookEvent" ADD CONSTRAINT "HookEvent_accountId_connectionId_fkey" FOREIGN KEY ("accountId", "connectionId") REFERENCES "Connection"("accountId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

GRANT SELECT, INSERT, UPDATE, DELETE ON "HookEvent" TO crossdock_app, crossdock_system;
ALTER TABLE "HookEvent" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "HookEvent" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "HookEvent" TO crossdock_app
  USING ("accountId" = (SELECT crossdock_account()) AND ((SELECT crossdock_merchant()) IS NULL OR "merchantId" = (SELECT crossdock_merchant())))
  WITH CHECK ("accountId" = (SELECT crossdock_account()) AND ((SELECT crossdock_merchant()) IS NULL OR "merchantId" = (SELECT crossdock_merchant())));
CREATE POLICY system ON "HookEvent" TO crossdock_system USING (true) WITH CHECK (true);
