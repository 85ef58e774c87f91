/** Makes one planned fault happen. */
import pg from "pg";
import type { FaultRule } from "@/lib/connectors/kit/sandbox-server";
import type { Crew } from "./crew";
import { postEvents } from "./events";
import type { PartnerFault, PlannedFault } from "./plan";
import type { World } from "./world";

export async function strike(fault: PlannedFault, world: World, crew: Crew): Promise<void> {
	switch (fault.kind) {
		case "partner":
			partnerOf(fault, world).faults.add({ match: matching(fault), fault: fault.fault });
			return;
		case "kill":
			return crew.kill(fault.worker);
		case "deploy":
			return crew.deploy();
		case "clock":
			return crew.setClock(fault.worker, fault.ms);
		case "events":
			return postEvents(world, fault.trouble);
		case "cut-connections":
			return cutConnections(world, fault.share);
		case "restart-database":
			await world.postgres.server.stop();
			await world.postgres.server.start();
	}
}

/** Of two warehouses the one that has had fewer. */
function partnerOf({ side }: PartnerFault, { shop, warehouses }: World) {
	if (side === "shop") return shop;
	const had = ({ faults }: (typeof warehouses)[0]["sandbox"]) => faults.struck + faults.waiting;
	return warehouses.map(({ sandbox }) => sandbox).reduce((least, one) => (had(one) < had(least) ? one : least));
}

function matching({ side, calls }: PartnerFault): FaultRule["match"] {
	const isToken: FaultRule["match"] = ({ path }) => path.includes("Token");
	if (side === "shop") {
		if (calls === "lists") return ({ body }) => body.includes("query Orders");
		if (calls === "writes") return ({ body }) => body.includes("mutation");
		return (call) => calls === "any" || call.body.includes("query ");
	}
	if (calls === "lists") return ({ method, query }) => method === "GET" && query.includes("isclosed");
	if (calls === "writes") return (call) => call.method === "POST" && !isToken(call);
	return (call) => !isToken(call) && (calls === "any" || call.method === "GET");
}

async function cutConnections({ environment }: World, share: number): Promise<void> {
	const client = new pg.Client({ connectionString: environment.DATABASE_URL });
	client.on("error", () => {});
	try {
		await client.connect();
		await client.query(
			`select pg_terminate_backend("pid") from pg_stat_activity
			 where "pid" <> pg_backend_pid() and "datname" = current_database() and ('x' || substr(md5("pid"::text), 1, 4))::bit(16)::int < $1`,
			[Math.round(share * 65_536)],
		);
	} finally {
		await client.end();
	}
}
