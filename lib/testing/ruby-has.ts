/** Order Manager and Ruby Has, which is a Deposco tenant, on loopback, and a merchant that has connected both. */
import { type DeposcoSandbox, startDeposcoSandbox } from "@/lib/connectors/deposco/sandbox";
import { type OmSandbox, startOmSandbox } from "@/lib/connectors/extensiv-om/sandbox";
import type { FlowJobName } from "@/lib/jobs/catalogue";
import { flowJobs } from "@/lib/jobs/catalogue";
import type { Connected } from "./connect";
import { createTestConnection, createTestTenant, runFlow, type TestTenant } from "./tenant";

export const facility = "LAX";

export interface RubyHas {
	om: OmSandbox;
	deposco: DeposcoSandbox;
	tenant: TestTenant;
	cart: Connected;
	wms: Connected;
	/** Runs one function to its end, on the side it belongs to. */
	run(job: FlowJobName): ReturnType<typeof runFlow>;
	atDeposco(kind: "Sales Order" | "Purchase Order", number: string): DeposcoSandbox["store"]["orders"][number];
	close(): Promise<void>;
}

export async function startRubyHas(generation: "legacy" | "latest" = "latest"): Promise<RubyHas> {
	const om = await startOmSandbox({ quotas: false });
	const deposco = await startDeposcoSandbox();
	om.store.addProduct("TEE", { onHand: 0 });
	deposco.store.items.add("TEE");
	const tenant = await createTestTenant("Ruby & Kettle");
	const cart = await createTestConnection(tenant, {
		...{ connectorKey: "extensiv-om", side: "source", name: "Order Manager" },
		...{ settings: om.settings, secret: ["apiToken"] },
	});
	const settings = { ...deposco[generation], facility };
	const secret = ["password", "clientSecret", "refreshToken"].filter((name) => name in settings);
	const wms = await createTestConnection(tenant, {
		...{ connectorKey: "deposco", side: "destination", name: "Ruby Has" },
		...{ settings, secret },
	});
	return {
		...{ om, deposco, tenant, cart, wms },
		run: (job) => runFlow(tenant, flowJobs[job].side === "source" ? cart : wms, job),
		atDeposco(kind, number) {
			const found = deposco.store.orders.filter((one) => one.kind === kind && one.number === number);
			const [order] = found;
			if (!order || found.length > 1) throw new Error(`Deposco has ${found.length} of ${number}`);
			return order;
		},
		async close() {
			await om.close();
			await deposco.close();
		},
	};
}
