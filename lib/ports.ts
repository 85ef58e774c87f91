import { createServer } from "node:net";

/** A port on loopback that nobody listens on right now; `wanted` when it is free. */
export function freePort(wanted = 0): Promise<number> {
	return new Promise((resolve, reject) => {
		const probe = createServer();
		probe.once("error", (error) => (wanted === 0 ? reject(error) : resolve(freePort())));
		probe.listen(wanted, "127.0.0.1", () => {
			const address = probe.address();
			probe.close(() =>
				address && typeof address === "object" ? resolve(address.port) : reject(new Error("no port is free")),
			);
		});
	});
}
