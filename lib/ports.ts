import { createServer } from "node:net";

/** A port that nobody listens on right now, on loopback unless told otherwise; `wanted` when it is free. */
export function freePort(wanted = 0, host = "127.0.0.1"): Promise<number> {
	return new Promise((resolve, reject) => {
		const probe = createServer();
		probe.once("error", (error) => (wanted === 0 ? reject(error) : resolve(freePort(0, host))));
		probe.listen(wanted, host, () => {
			const address = probe.address();
			probe.close(() =>
				address && typeof address === "object" ? resolve(address.port) : reject(new Error("no port is free")),
			);
		});
	});
}
