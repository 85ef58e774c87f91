/**
 * Which network a request came from, for limits. Behind a proxy on this machine or in a private network, the proxy's
 * own word counts: it appends the address it saw to X-Forwarded-For. A client from outside cannot pretend that, as
 * its own address is public.
 */
import { BlockList, isIP } from "node:net";

const inside = new BlockList();
for (const [net, bits] of [
	["10.0.0.0", 8],
	["127.0.0.0", 8],
	["169.254.0.0", 16],
	["172.16.0.0", 12],
	["192.168.0.0", 16],
	["100.64.0.0", 10],
])
	inside.addSubnet(net, bits, "ipv4");
inside.addAddress("::1", "ipv6");
inside.addSubnet("fc00::", 7, "ipv6");
inside.addSubnet("fe80::", 10, "ipv6");

/**
 * @param {string | undefined} peer the address at the other end of the connection
 * @param {string | string[] | undefined} forwardedFor
 */
export function networkOf(peer, forwardedFor) {
	const address = addressOf(peer, forwardedFor);
	return isIP(address) === 6 ? `${groupsOf(address).slice(0, 4).join(":")}::/64` : address || "unknown";
}

/**
 * The address itself, as far as it can be believed; empty when there is none.
 * @param {string | undefined} peer
 * @param {string | string[] | undefined} forwardedFor
 */
export function addressOf(peer, forwardedFor) {
	const hops = String(forwardedFor ?? "")
		.split(",")
		.map(plain)
		.filter((hop) => isIP(hop) !== 0);
	let address = plain(peer ?? "");
	while (isInside(address) && hops.length > 0) address = hops.pop() ?? address;
	return address;
}

function plain(address) {
	return address
		.trim()
		.replace(/^\[|\]$/g, "")
		.replace(/^::ffff:(?=\d+\.)/i, "")
		.replace(/%.*$/, "");
}

function isInside(address) {
	const family = isIP(address);
	return family === 0 || inside.check(address, family === 6 ? "ipv6" : "ipv4");
}

/** The eight groups of an IPv6 address; whoever holds a /64 has all addresses in it. */
function groupsOf(address) {
	const [head = "", tail] = address.toLowerCase().split("::");
	const left = head.split(":").filter(Boolean);
	const right = (tail ?? "").split(":").filter(Boolean);
	const missing = tail === undefined ? 0 : 8 - left.length - right.length;
	return [...left, ...Array(Math.max(0, missing)).fill("0"), ...right].map((group) => group.replace(/^0+(?=.)/, ""));
}
