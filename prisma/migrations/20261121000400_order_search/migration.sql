-- Search by number. Row security lets only comparisons that betray nothing about other rows use an index: neither
-- "like" nor "lower" is one, so an index on lower("number") is never used by the app's role. Plain order by bytes is.

DROP INDEX hand_order_number;
CREATE INDEX hand_order_number ON "Order" ("accountId", "number" COLLATE "C");

-- Numbers of a warehouse are searched without knowing which warehouse; with it, these serve as well as the old one.
DROP INDEX hand_delivery_external;
CREATE INDEX hand_delivery_external ON "Delivery" ("accountId", "externalId") WHERE "externalId" IS NOT NULL;
CREATE INDEX hand_delivery_number ON "Delivery" ("accountId", "externalNumber") WHERE "externalNumber" IS NOT NULL;
CREATE INDEX hand_delivery_key ON "Delivery" ("accountId", "key");
