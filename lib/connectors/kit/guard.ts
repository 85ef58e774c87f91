/**
 * Keeps requests out of private networks. An address is looked up once, every answer is checked, and the
 * connection goes to what was checked: a name that later points inside cannot be used. Hosts on the allow list
 * are trusted whatever they resolve to. Limit: it says nothing about what a public host forwards to.
 */
import { lookup as resolve } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";
import { ConnectorError } from "./fault";

export interface Guard {
	/** Same for guards that allow the same: pools of connections are shared by it. */
	key: string;
	/** Throws a permanent fault for an address that must not be called. */
	check(url: string | URL): void;
	lookup: LookupFunction;
}

type Resolve = typeof resolve;

/** `allow` holds host names or addresses, without port. `lookUp` replaces the name service in tests. */
export function createGuard(allow: readonly string[], lookUp: Resolve = resolve): Guard {
	const allowed = new Set(allow.map(plainHost));
	return {
		key: [...allowed].sort().join(","),
		check(url) {
			const { protocol, hostname, port } = typeof url === "string" ? new URL(url) : url;
			const host = plainHost(hostname);
			if (protocol !== "http:" && protocol !== "https:") throw refused("Only http and https addresses can be called.");
			if (allowed.has(host)) return;
			if (isIP(host) !== 0 && isPrivate(host)) throw refused(privateHint);
			if (port !== "" && Number(port) < 1024) throw refused("This port belongs to another service. Use 80 or 443.");
		},
		lookup(hostname, options, callback) {
			lookUp(hostname, { ...options, all: true }, (error, addresses) => {
				if (error) return callback(error, []);
				const bad = !allowed.has(plainHost(hostname)) && addresses.some(({ address }) => isPrivate(address));
				if (bad) return callback(refused(privateHint), []);
				const [first] = addresses;
				if (options.all || !first) return callback(null, addresses);
				return callback(null, first.address, first.family);
			});
		},
	};
}

const privateHint = "The address leads into a private network. Enter a public one, or allow its host on the server.";

function refused(message: string): ConnectorError {
	return new ConnectorError({ kind: "permanent", code: "address-refused" }, message);
}

function plainHost(host: string): string {
	return host
		.toLowerCase()
		.replace(/^\[|\]$/g, "")
		.replace(/\.$/, "");
}

/** Loopback, private, link-local, shared, test, multicast and reserved ranges, and IPv6 forms that carry IPv4. */
const reserved = new BlockList();
for (const [net, bits] of [
	["0.0.0.0", 8],
	["10.0.0.0", 8],
	["100.64.0.0", 10],
	["127.0.0.0", 8],
	["169.254.0.0", 16],
	["172.16.0.0", 12],
	["192.0.0.0", 24],
	["192.0.2.0", 24],
	["192.88.99.0", 24],
	["192.168.0.0", 16],
	["198.18.0.0", 15],
	["198.51.100.0", 24],
	["203.0.113.0", 24],
	["224.0.0.0", 3],
] as const)
	reserved.addSubnet(net, bits, "ipv4");
for (const [net, bits] of [
	["::", 96],
	["64:ff9b::", 32],
	["100::", 64],
	["2001::", 32],
	["2001:db8::", 32],
	["2002::", 16],
	["fc00::", 7],
	["fe80::", 9],
	["ff00::", 8],
] as const)
	reserved.addSubnet(net, bits, "ipv6");

/** True for every address that is not a public unicast one. IPv4 inside IPv6 is judged as IPv4. */
export function isPrivate(address: string): boolean {
	const [bare = address] = address.split("%");
	const family = isIP(bare);
	return family === 0 || reserved.check(bare, family === 6 ? "ipv6" : "ipv4");
}
