-- A person wants an order's address sent as it is, whatever the checks of its warehouse say: since when, and who said so.
ALTER TABLE "Order" ADD COLUMN "addressKeptAt" TIMESTAMPTZ(3), ADD COLUMN "addressKeptBy" TEXT;
ALTER TABLE "Order" ADD CHECK (("addressKeptAt" IS NULL) = ("addressKeptBy" IS NULL));
