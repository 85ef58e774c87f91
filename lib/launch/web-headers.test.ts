import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { networkOf } from "./network.mjs";
import { contentPolicy, fixedHeaders, protect } from "./web-headers.mjs";

it("lets no script run without the page's nonce, and no other site frame a page", () => {
	const policy = contentPolicy("abc", "http://127.0.0.1:3000");
	expect(policy).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic';");
	expect(policy).toContain("frame-ancestors 'none'");
	expect(policy).toContain("base-uri 'none'");
	expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline|upgrade-insecure/);
});

it("asks for https for good where people come by https, and only there", () => {
	expect(fixedHeaders("https://crossdock.example")).toHaveProperty("strict-transport-security");
	expect(contentPolicy("abc", "https://crossdock.example")).toContain("upgrade-insecure-requests");
	expect(fixedHeaders("http://127.0.0.1:3000")).not.toHaveProperty("strict-transport-security");
});

it("makes a new nonce for each answer, tells it to Next, and believes no client about its network", async () => {
	const seen: { policy: unknown; network: unknown }[] = [];
	const server = createServer((request, response) => {
		protect(request, response, "http://127.0.0.1:3000");
		const { "content-security-policy": policy, "x-crossdock-network": network } = request.headers;
		seen.push({ policy, network });
		response.end();
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
	const headers = { "x-crossdock-network": "made up", "content-security-policy": "script-src 'nonce-chosen'" };
	const answers = [await fetch(url, { headers }), await fetch(url)];
	server.close();
	expect(answers.map(({ headers: sent }) => sent.get("content-security-policy"))).toEqual(
		seen.map(({ policy }) => policy),
	);
	expect(new Set(seen.map(({ policy }) => policy)).size).toBe(2);
	expect(JSON.stringify(seen)).not.toContain("chosen");
	expect(seen.map(({ network }) => network)).toEqual(["127.0.0.1", "127.0.0.1"]);
});

it.each([
	["8.8.8.8", undefined, "8.8.8.8"],
	["::ffff:8.8.8.8", undefined, "8.8.8.8"],
	// A client from outside says what it likes.
	["8.8.8.8", "1.2.3.4", "8.8.8.8"],
	["127.0.0.1", "1.2.3.4", "1.2.3.4"],
	["127.0.0.1", "made up, 9.9.9.9, 1.2.3.4", "1.2.3.4"],
	// Two proxies, the nearer one in a private network.
	["127.0.0.1", "9.9.9.9, 1.2.3.4, 10.0.0.7", "1.2.3.4"],
	["127.0.0.1", "nonsense", "127.0.0.1"],
	["10.0.0.9", undefined, "10.0.0.9"],
	["2001:db8:1:2:3:4:5:6", undefined, "2001:db8:1:2::/64"],
	["2001:db8:1:2:ffff::1", undefined, "2001:db8:1:2::/64"],
	["2001:db8::1", undefined, "2001:db8:0:0::/64"],
	[undefined, undefined, "unknown"],
])("counts a request from %s that was forwarded for %s as %s", (peer, forwarded, network) => {
	expect(networkOf(peer, forwarded)).toBe(network);
});
