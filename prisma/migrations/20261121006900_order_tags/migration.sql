-- What an order is tagged with, by its cart and by rules, each tag once whatever its case.
CREATE FUNCTION crossdock_tags(document jsonb, ruled text[]) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog AS $$
  SELECT CASE WHEN jsonb_typeof(document -> 'tags') IS DISTINCT FROM 'array' AND ruled = '{}' THEN '{}'::text[] ELSE (
    SELECT coalesce(array_agg(btrim(tag) ORDER BY place), '{}') FROM (
      SELECT DISTINCT ON (lower(btrim(tag))) tag, place FROM (
        SELECT value AS tag, ordinality AS place
        FROM jsonb_array_elements_text(CASE jsonb_typeof(document -> 'tags') WHEN 'array' THEN document -> 'tags' ELSE '[]' END) WITH ORDINALITY
        UNION ALL SELECT value, 1000000 + ordinality FROM unnest(ruled) WITH ORDINALITY AS r(value, ordinality)) every_tag
      WHERE btrim(tag) <> '' ORDER BY lower(btrim(tag)), place) once) END
$$;
CREATE FUNCTION crossdock_tag_keys(tags text[]) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT lower(tags::text)::text[]
$$;

ALTER TABLE "Order" ADD COLUMN "ruleTags" TEXT[] NOT NULL DEFAULT '{}';
UPDATE "Order" o SET "ruleTags" = r."tags" FROM (
  SELECT "accountId", "orderId", ARRAY(SELECT value ->> 'tag' FROM jsonb_array_elements("result" -> 'tags')) AS "tags"
  FROM "OrderRuling" WHERE jsonb_array_length("result" -> 'tags') > 0) r
WHERE o."accountId" = r."accountId" AND o."id" = r."orderId";
ALTER TABLE "Order" ADD COLUMN "tags" TEXT[] NOT NULL GENERATED ALWAYS AS (crossdock_tags("document", "ruleTags")) STORED;

-- Most orders have none, and cost these indexes nothing.
CREATE INDEX hand_order_tag ON "Order" USING gin (crossdock_tag_keys("tags")) WHERE "tags" <> '{}';
CREATE INDEX hand_order_tagged ON "Order" ("accountId", "id") WHERE "tags" <> '{}';
