-- A brand's own account and its 3PL, working together until either side ends it.
CREATE TABLE "AccountLink" (
    "id" TEXT NOT NULL,
    "fulfillmentAccountId" TEXT,
    "merchantAccountId" TEXT,
    "email" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "invitedById" TEXT NOT NULL,
    "invitedByName" TEXT NOT NULL,
    "invitedBySide" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "acceptedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    "endedBySide" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AccountLink_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "AccountLink_tokenHash_key" ON "AccountLink"("tokenHash");
CREATE INDEX "AccountLink_fulfillmentAccountId_idx" ON "AccountLink"("fulfillmentAccountId");
CREATE INDEX "AccountLink_merchantAccountId_idx" ON "AccountLink"("merchantAccountId");
ALTER TABLE "AccountLink" ADD CONSTRAINT "AccountLink_fulfillmentAccountId_fkey" FOREIGN KEY ("fulfillmentAccountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "AccountLink" ADD CONSTRAINT "AccountLink_merchantAccountId_fkey" FOREIGN KEY ("merchantAccountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "AccountLink" ADD CHECK ("invitedBySide" IN ('fulfillment', 'merchant'));
ALTER TABLE "AccountLink" ADD CHECK ("endedBySide" IN ('fulfillment', 'merchant'));
ALTER TABLE "AccountLink" ADD CHECK (("endedAt" IS NULL) = ("endedBySide" IS NULL));
ALTER TABLE "AccountLink" ADD CHECK ("acceptedAt" IS NULL OR ("fulfillmentAccountId" IS NOT NULL AND "merchantAccountId" IS NOT NULL));

-- Two accounts are linked at most once at a time, and one address is asked at most once at a time.
CREATE UNIQUE INDEX hand_link_living ON "AccountLink" ("fulfillmentAccountId", "merchantAccountId") WHERE "acceptedAt" IS NOT NULL AND "endedAt" IS NULL;
CREATE UNIQUE INDEX hand_link_asked ON "AccountLink" (coalesce("fulfillmentAccountId", "merchantAccountId"), "email") WHERE "acceptedAt" IS NULL AND "endedAt" IS NULL;

-- A link stands between two tenants, so neither tenant's role reads it: lib/auth does.
GRANT SELECT, INSERT, UPDATE, DELETE ON "AccountLink" TO crossdock_system;
REVOKE ALL ON "AccountLink" FROM crossdock_app;

-- A warehouse that the linked 3PL set up in the brand's account: its settings are the 3PL's, and go with the link.
ALTER TABLE "Connection" ADD COLUMN "linkId" TEXT;
