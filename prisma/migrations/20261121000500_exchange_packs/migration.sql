-- What was said in the exchanges of one commit is packed together. Exchanges kept in the form before are dropped.
TRUNCATE "Exchange";
ALTER TABLE "Exchange"
  ADD COLUMN "packId" TEXT NOT NULL,
  ADD COLUMN "place" INTEGER NOT NULL,
  ALTER COLUMN "content" DROP NOT NULL;
-- It is compressed already.
ALTER TABLE "Exchange" ALTER COLUMN "content" SET STORAGE EXTERNAL;
