-- Invitations, and what people see of their own sessions.

CREATE TABLE "Invitation" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "merchantId" TEXT,
    "tokenHash" TEXT NOT NULL,
    "invitedBy" TEXT NOT NULL,
    "sentAt" TIMESTAMPTZ(3),
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "acceptedAt" TIMESTAMPTZ(3),
    "withdrawnAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Invitation_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "Invitation_tokenHash_key" ON "Invitation"("tokenHash");
CREATE UNIQUE INDEX "Invitation_accountId_id_key" ON "Invitation"("accountId", "id");
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_accountId_merchantId_fkey" FOREIGN KEY ("accountId", "merchantId") REFERENCES "Merchant"("accountId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "Membership" ADD COLUMN "lastSeenAt" TIMESTAMPTZ(3);
ALTER TABLE "Session"
  ADD COLUMN "device" TEXT NOT NULL DEFAULT '',
  ADD COLUMN "network" TEXT NOT NULL DEFAULT '',
  ADD COLUMN "lastSeenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;
ALTER TABLE "AuditEntry" ADD COLUMN "network" TEXT NOT NULL DEFAULT '';
CREATE INDEX "AuditEntry_accountId_action_id_idx" ON "AuditEntry"("accountId", "action", "id");
CREATE INDEX "AuditEntry_accountId_actorId_id_idx" ON "AuditEntry"("accountId", "actorId", "id");

-- An owner owns the whole account; the people of one merchant are invited for less.
ALTER TABLE "Invitation" ADD CHECK ("role" IN ('owner', 'admin', 'operator', 'viewer'));
ALTER TABLE "Invitation" ADD CHECK ("role" <> 'owner' OR "merchantId" IS NULL);
ALTER TABLE "Invitation" ADD CHECK ("email" = lower("email"));
ALTER TABLE "Invitation" ADD CHECK ("acceptedAt" IS NULL OR "withdrawnAt" IS NULL);

-- Two people who invite the same address at once make one invitation.
CREATE UNIQUE INDEX hand_invitation_open ON "Invitation" ("accountId", "email") WHERE "acceptedAt" IS NULL AND "withdrawnAt" IS NULL;

-- A merchant's people see and change people of their own merchant only.
GRANT SELECT, INSERT, UPDATE, DELETE ON "Invitation" TO crossdock_app, crossdock_system;
ALTER TABLE "Invitation" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "Invitation" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "Invitation" TO crossdock_app
  USING ("accountId" = (SELECT crossdock_account()) AND ((SELECT crossdock_merchant()) IS NULL OR "merchantId" = (SELECT crossdock_merchant())))
  WITH CHECK ("accountId" = (SELECT crossdock_account()) AND ((SELECT crossdock_merchant()) IS NULL OR "merchantId" = (SELECT crossdock_merchant())));
CREATE POLICY system ON "Invitation" TO crossdock_system USING (true) WITH CHECK (true);
ALTER POLICY tenant ON "Membership"
  USING ("accountId" = (SELECT crossdock_account()) AND ((SELECT crossdock_merchant()) IS NULL OR "merchantId" = (SELECT crossdock_merchant())))
  WITH CHECK ("accountId" = (SELECT crossdock_account()) AND ((SELECT crossdock_merchant()) IS NULL OR "merchantId" = (SELECT crossdock_merchant())));
