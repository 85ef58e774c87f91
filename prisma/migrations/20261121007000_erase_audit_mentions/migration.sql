-- Entries about alerts, bulk operations, views and exported tables may quote a shopper, too: in a sentence, or in what a
-- list was narrowed to. An erasure replaces those words; who did what and when is never touched, nor is anything about
-- people, keys, connections or rules.
CREATE FUNCTION crossdock_blank_quotes(facts jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$
  SELECT jsonb_object_agg(key, CASE WHEN key IN ('sentence', 'text', 'search', 'reason', 'name') AND value <> '""'
    THEN '"erased"'::jsonb ELSE value END) FROM jsonb_each(facts)
$$;
CREATE FUNCTION crossdock_erase_audit_quotes(entry_ids text[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  UPDATE "AuditEntry" a SET "before" = crossdock_blank_quotes(a."before"), "after" = crossdock_blank_quotes(a."after")
  WHERE a."accountId" = crossdock_account() AND a."id" = ANY (entry_ids)
    AND a."subjectType" IN ('alert', 'bulk', 'view', 'table')
    AND (crossdock_merchant() IS NULL OR a."merchantId" = crossdock_merchant())
$$;
REVOKE ALL ON FUNCTION crossdock_erase_audit_quotes(text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION crossdock_erase_audit_quotes(text[]) TO crossdock_app;
