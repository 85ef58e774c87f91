-- An order source is in test until somebody lets it go live: its orders load and wait.
ALTER TABLE "Connection" ADD COLUMN "liveAt" TIMESTAMPTZ(3);
UPDATE "Connection" SET "liveAt" = "createdAt";

-- Beside the two sides, what waits for going live is held by nobody in particular.
ALTER TABLE "Order" DROP CONSTRAINT "Order_heldBy_check";
ALTER TABLE "Order" ADD CONSTRAINT "Order_heldBy_check" CHECK ("heldBy" <@ ARRAY['client', 'staff', 'go-live']);
CREATE INDEX "Order_waits_for_go_live" ON "Order" ("accountId", "connectionId", "placedAt", "id") WHERE "heldBy" @> ARRAY['go-live'];
