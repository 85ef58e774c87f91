import type { ExtensivSandbox } from "@/lib/connectors/extensiv-3pl/sandbox";
import type { VendureSandbox } from "@/lib/connectors/vendure/sandbox";
import { createTestConnection, type TestTenant } from "./tenant";

export type Connected = Awaited<ReturnType<typeof createTestConnection>>;

export function connectShop(tenant: TestTenant, { settings }: VendureSandbox): Promise<Connected> {
	return createTestConnection(tenant, { connectorKey: "vendure", side: "source", settings, secret: ["apiKey"] });
}

export function connectWarehouse(tenant: TestTenant, { settings }: ExtensivSandbox, name?: string): Promise<Connected> {
	return createTestConnection(tenant, {
		connectorKey: "extensiv-3pl",
		side: "destination",
		settings,
		secret: ["clientSecret", "tplKey"],
		...(name && { name }),
	});
}
