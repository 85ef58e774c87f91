-- Alerts: whose side fails, who looks after it, what happened to it, who is told, and how long an order may rest.

ALTER TABLE "Alert"
  ADD COLUMN "side" TEXT NOT NULL DEFAULT 'crossdock',
  ADD COLUMN "snoozedUntil" TIMESTAMPTZ(3),
  ADD COLUMN "snoozedCount" INTEGER,
  ADD COLUMN "assigneeId" TEXT,
  ADD COLUMN "assigneeName" TEXT,
  ADD COLUMN "resolvedBy" TEXT;
UPDATE "Alert" a SET "side" = CASE c."side" WHEN 'source' THEN 'cart' ELSE 'warehouse' END
  FROM "Connection" c WHERE c."accountId" = a."accountId" AND c."id" = a."connectionId";

CREATE TABLE "AlertEvent" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "merchantId" TEXT,
    "alertId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "who" TEXT NOT NULL DEFAULT '',
    "text" TEXT NOT NULL DEFAULT '',
    "subjectId" TEXT,
    "count" INTEGER NOT NULL DEFAULT 0,
    "key" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "notifiedAt" TIMESTAMPTZ(3),

    CONSTRAINT "AlertEvent_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "NotificationSetting" (
    "accountId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "atOnce" BOOLEAN NOT NULL,
    "digest" TEXT NOT NULL,
    "digestAt" INTEGER NOT NULL,
    "quietFrom" INTEGER,
    "quietTo" INTEGER,
    "mutedMerchantIds" TEXT[],
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "NotificationSetting_pkey" PRIMARY KEY ("accountId", "userId")
);

CREATE TABLE "Notification" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "merchantId" TEXT,
    "userId" TEXT NOT NULL,
    "alertId" TEXT NOT NULL,
    "eventId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "digest" BOOLEAN NOT NULL,
    "dueAt" TIMESTAMPTZ(3),
    "sentAt" TIMESTAMPTZ(3),
    "failedAt" TIMESTAMPTZ(3),
    "tries" INTEGER NOT NULL DEFAULT 0,
    "lastError" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Notification_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "WebhookEndpoint" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "events" TEXT[],
    "sealed" BYTEA NOT NULL,
    "createdByName" TEXT NOT NULL,
    "failingSince" TIMESTAMPTZ(3),
    "disabledAt" TIMESTAMPTZ(3),
    "disabledReason" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "WebhookEndpoint_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "WebhookDelivery" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "endpointId" TEXT NOT NULL,
    "alertId" TEXT,
    "eventId" TEXT,
    "event" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "tries" INTEGER NOT NULL DEFAULT 0,
    "dueAt" TIMESTAMPTZ(3),
    "firstTriedAt" TIMESTAMPTZ(3),
    "lastStatus" INTEGER,
    "lastError" TEXT,
    "deliveredAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "WebhookDelivery_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "WatchLimit" (
    "accountId" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "restMinutes" INTEGER NOT NULL,

    CONSTRAINT "WatchLimit_pkey" PRIMARY KEY ("accountId", "status")
);

CREATE UNIQUE INDEX "AlertEvent_accountId_id_key" ON "AlertEvent"("accountId", "id");
CREATE UNIQUE INDEX "AlertEvent_accountId_alertId_key_key" ON "AlertEvent"("accountId", "alertId", "key");
CREATE INDEX "AlertEvent_accountId_alertId_id_idx" ON "AlertEvent"("accountId", "alertId", "id");
CREATE UNIQUE INDEX "Notification_accountId_id_key" ON "Notification"("accountId", "id");
CREATE UNIQUE INDEX "Notification_eventId_userId_key" ON "Notification"("eventId", "userId");
CREATE INDEX "Notification_accountId_alertId_idx" ON "Notification"("accountId", "alertId");
CREATE UNIQUE INDEX "WebhookEndpoint_accountId_id_key" ON "WebhookEndpoint"("accountId", "id");
CREATE UNIQUE INDEX "WebhookDelivery_accountId_id_key" ON "WebhookDelivery"("accountId", "id");
CREATE UNIQUE INDEX "WebhookDelivery_eventId_endpointId_key" ON "WebhookDelivery"("eventId", "endpointId");
CREATE INDEX "WebhookDelivery_accountId_endpointId_id_idx" ON "WebhookDelivery"("accountId", "endpointId", "id");

ALTER TABLE "AlertEvent" ADD CONSTRAINT "AlertEvent_accountId_alertId_fkey" FOREIGN KEY ("accountId", "alertId") REFERENCES "Alert"("accountId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Notification" ADD CONSTRAINT "Notification_accountId_alertId_fkey" FOREIGN KEY ("accountId", "alertId") REFERENCES "Alert"("accountId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Notification" ADD CONSTRAINT "Notification_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "NotificationSetting" ADD CONSTRAINT "NotificationSetting_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "NotificationSetting" ADD CONSTRAINT "NotificationSetting_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "WebhookEndpoint" ADD CONSTRAINT "WebhookEndpoint_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "WebhookDelivery" ADD CONSTRAINT "WebhookDelivery_accountId_endpointId_fkey" FOREIGN KEY ("accountId", "endpointId") REFERENCES "WebhookEndpoint"("accountId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "WatchLimit" ADD CONSTRAINT "WatchLimit_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "Alert" ADD CHECK ("side" IN ('cart', 'warehouse', 'mapping', 'crossdock'));
ALTER TABLE "Alert" ADD CHECK (("snoozedUntil" IS NULL) = ("snoozedCount" IS NULL));
ALTER TABLE "AlertEvent" ADD CHECK ("kind" IN ('opened', 'joined', 'woke', 'resolved', 'snoozed', 'unsnoozed', 'assigned', 'commented', 'retried'));
ALTER TABLE "NotificationSetting" ADD CHECK ("digest" IN ('off', 'hourly', 'daily'));
ALTER TABLE "NotificationSetting" ADD CHECK ("digestAt" BETWEEN 0 AND 1439);
ALTER TABLE "NotificationSetting" ADD CHECK (("quietFrom" IS NULL) = ("quietTo" IS NULL));
ALTER TABLE "NotificationSetting" ADD CHECK ("quietFrom" BETWEEN 0 AND 1439 AND "quietTo" BETWEEN 0 AND 1439);
ALTER TABLE "Notification" ADD CHECK ("kind" IN ('opened', 'woke', 'resolved', 'assigned'));
ALTER TABLE "WebhookDelivery" ADD CHECK ("state" IN ('waiting', 'delivered', 'failed'));
ALTER TABLE "WebhookDelivery" ADD CHECK (("state" = 'waiting') = ("dueAt" IS NOT NULL));
ALTER TABLE "WatchLimit" ADD CHECK ("status" IN ('new', 'at_wms', 'shipped'));
ALTER TABLE "WatchLimit" ADD CHECK ("restMinutes" BETWEEN 0 AND 525600);

-- What waits to be told, and to be sent.
CREATE INDEX hand_alert_event_new ON "AlertEvent" ("id") WHERE "notifiedAt" IS NULL;
CREATE INDEX hand_alert_snoozed ON "Alert" ("snoozedUntil") WHERE "snoozedUntil" IS NOT NULL AND "resolvedAt" IS NULL;
CREATE INDEX hand_confirmation_problem ON "Confirmation" ("accountId", "connectionId") WHERE "problem" IS NOT NULL;
CREATE INDEX hand_notification_due ON "Notification" ("dueAt") WHERE "dueAt" IS NOT NULL;
CREATE INDEX hand_webhook_due ON "WebhookDelivery" ("dueAt") WHERE "dueAt" IS NOT NULL;

GRANT SELECT, INSERT, UPDATE, DELETE ON "AlertEvent", "NotificationSetting", "Notification", "WebhookEndpoint", "WebhookDelivery", "WatchLimit" TO crossdock_app, crossdock_system;
-- What happened to an alert stays as it was told.
REVOKE DELETE ON "AlertEvent" FROM crossdock_app;

DO $$
DECLARE
  tenant_table text;
  own text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['AlertEvent', 'NotificationSetting', 'Notification', 'WebhookEndpoint', 'WebhookDelivery', 'WatchLimit'] LOOP
    own := '"accountId" = (SELECT crossdock_account())';
    -- Where the account's events go, and how patient it is, is the business of those who answer for all of it.
    IF tenant_table IN ('WebhookEndpoint', 'WebhookDelivery', 'WatchLimit') THEN
      own := own || ' AND (SELECT crossdock_merchant()) IS NULL AND (SELECT crossdock_chosen()) IS NULL';
    END IF;
    IF tenant_table IN ('AlertEvent', 'Notification') THEN
      own := own || ' AND ((SELECT crossdock_merchant()) IS NULL OR "merchantId" = (SELECT crossdock_merchant()))';
    END IF;
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('CREATE POLICY tenant ON %I TO crossdock_app USING (%s) WITH CHECK (%s)', tenant_table, own, own);
    EXECUTE format('CREATE POLICY system ON %I TO crossdock_system USING (true) WITH CHECK (true)', tenant_table);
    IF tenant_table IN ('AlertEvent', 'Notification') THEN
      EXECUTE format('CREATE POLICY chosen ON %I AS RESTRICTIVE TO crossdock_app USING ((SELECT crossdock_chosen()) IS NULL OR "merchantId" IS NULL OR "merchantId" = ANY ((SELECT crossdock_chosen())::text[]))', tenant_table);
      EXECUTE format('CREATE POLICY own_merchant ON %I AS RESTRICTIVE FOR SELECT TO crossdock_app USING ((SELECT crossdock_merchant()) IS NULL OR "merchantId" = (SELECT crossdock_merchant()))', tenant_table);
    END IF;
  END LOOP;
END $$;

-- What happens to an alert is written by the database, in the transaction in which it happens: no place that opens or
-- closes one can forget it, and a crash loses no mail. Ids sort by time.
CREATE FUNCTION crossdock_note_alert() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  event text;
  event_at timestamptz;
  event_key text;
BEGIN
  IF TG_OP = 'INSERT' THEN
    event := 'opened'; event_at := NEW."firstSeenAt";
  ELSIF OLD."resolvedAt" IS NULL AND NEW."resolvedAt" IS NOT NULL THEN
    event := 'resolved'; event_at := NEW."resolvedAt";
  ELSIF OLD."snoozedUntil" IS NOT NULL AND NEW."snoozedUntil" IS NULL AND (NEW."count" > OLD."count" OR OLD."snoozedUntil" <= now()) THEN
    event := 'woke'; event_at := greatest(NEW."lastSeenAt", OLD."snoozedUntil");
  ELSIF NEW."count" > OLD."count" THEN
    event := 'joined'; event_at := NEW."lastSeenAt";
    -- One line an hour, however often it happens.
    event_key := 'joined ' || to_char(NEW."lastSeenAt" AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24');
  ELSE
    RETURN NULL;
  END IF;
  INSERT INTO "AlertEvent" ("id", "accountId", "merchantId", "alertId", "kind", "who", "count", "key", "at", "notifiedAt")
  VALUES (
    'ale_' || lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000000)::bigint), 14, '0') || left(md5(random()::text), 10),
    NEW."accountId", NEW."merchantId", NEW."id", event, CASE event WHEN 'resolved' THEN coalesce(NEW."resolvedBy", '') ELSE '' END,
    CASE TG_OP WHEN 'INSERT' THEN NEW."count" ELSE greatest(NEW."count" - OLD."count", 0) END, event_key, event_at,
    CASE event WHEN 'joined' THEN event_at END)
  ON CONFLICT ("accountId", "alertId", "key") DO UPDATE SET "count" = "AlertEvent"."count" + excluded."count", "at" = excluded."at";
  RETURN NULL;
END $$;
-- What was open before was told before.
INSERT INTO "AlertEvent" ("id", "accountId", "merchantId", "alertId", "kind", "count", "at", "notifiedAt")
  SELECT 'ale_' || substr("id", 5), "accountId", "merchantId", "id", 'opened', 1, "firstSeenAt", now() FROM "Alert";
CREATE TRIGGER note_alert AFTER INSERT OR UPDATE ON "Alert" FOR EACH ROW EXECUTE FUNCTION crossdock_note_alert();
