-- A link that was used, or replaced by a newer one, stays as a row: how many were asked for in an hour is counted.
ALTER TABLE "SignInToken" ADD COLUMN "usedAt" TIMESTAMPTZ(3);
