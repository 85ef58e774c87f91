-- Staff who work for chosen merchants only. The database itself keeps them to those, whatever a query asks for.

ALTER TABLE "Membership"
  ADD COLUMN "chosenOnly" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "chosenMerchantIds" TEXT[] NOT NULL DEFAULT '{}';
ALTER TABLE "Invitation"
  ADD COLUMN "chosenOnly" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "chosenMerchantIds" TEXT[] NOT NULL DEFAULT '{}';

-- Owners and admins answer for every merchant, and a merchant's own people have the one.
ALTER TABLE "Membership" ADD CHECK (NOT "chosenOnly" OR ("role" IN ('operator', 'viewer') AND "merchantId" IS NULL));
ALTER TABLE "Invitation" ADD CHECK (NOT "chosenOnly" OR ("role" IN ('operator', 'viewer') AND "merchantId" IS NULL));
ALTER TABLE "Membership" ADD CHECK ("chosenOnly" OR cardinality("chosenMerchantIds") = 0);
ALTER TABLE "Invitation" ADD CHECK ("chosenOnly" OR cardinality("chosenMerchantIds") = 0);

-- Null for everybody else. Whoever has chosen merchants and none is left sees none: the array is empty, not null.
CREATE FUNCTION crossdock_chosen() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('crossdock.chosen', true), '')::text[] $$;

-- Restrictive: it holds beside whatever else a table allows. Rows without a merchant belong to the staff together.
DO $$
DECLARE tenant_table text;
BEGIN
  FOR tenant_table IN
    SELECT c.table_name FROM information_schema.columns c
    JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE c.table_schema = 'public' AND c.column_name = 'merchantId' AND t.table_type = 'BASE TABLE'
      AND EXISTS (SELECT 1 FROM information_schema.columns o
        WHERE o.table_schema = 'public' AND o.table_name = c.table_name AND o.column_name = 'accountId')
  LOOP
    EXECUTE format('CREATE POLICY chosen ON %I AS RESTRICTIVE TO crossdock_app USING ((SELECT crossdock_chosen()) IS NULL OR "merchantId" IS NULL OR "merchantId" = ANY ((SELECT crossdock_chosen())::text[]))', tenant_table);
  END LOOP;
END $$;
-- A merchant's people know no other merchant, not even by way of the account.
CREATE POLICY chosen ON "Merchant" AS RESTRICTIVE TO crossdock_app
  USING (((SELECT crossdock_chosen()) IS NULL OR "id" = ANY ((SELECT crossdock_chosen())::text[]))
    AND ((SELECT crossdock_merchant()) IS NULL OR "id" = (SELECT crossdock_merchant())));

-- Where a row may lack a merchant, a merchant's people read only what names theirs.
DO $$
DECLARE shared_table text;
BEGIN
  FOR shared_table IN
    SELECT c.table_name FROM information_schema.columns c
    JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE c.table_schema = 'public' AND c.column_name = 'merchantId' AND c.is_nullable = 'YES' AND t.table_type = 'BASE TABLE'
  LOOP
    EXECUTE format('CREATE POLICY own_merchant ON %I AS RESTRICTIVE FOR SELECT TO crossdock_app USING ((SELECT crossdock_merchant()) IS NULL OR "merchantId" = (SELECT crossdock_merchant()))', shared_table);
  END LOOP;
END $$;
