import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Agent, request } from "undici";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ConnectorError } from "./fault";
import { createGuard, isPrivate } from "./guard";

/** Answers every name with the same addresses, as the name service would. */
const answers = (...addresses: string[]) =>
	((_name: string, _options: object, callback: (error: null, found: object[]) => void) =>
		callback(
			null,
			addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
		)) as never;

const codeOf = (work: () => void) => {
	try {
		work();
		return "passed";
	} catch (error) {
		return error instanceof ConnectorError && error.fault.kind === "permanent" ? error.fault.code : "other";
	}
};

describe("an address that is written out is refused", () => {
	const guard = createGuard([]);
	it.each([
		["loopback", "http://127.0.0.1/"],
		["loopback, another of its addresses", "http://127.8.9.10/"],
		["loopback as one decimal number", "http://2130706433/"],
		["loopback as one hexadecimal number", "http://0x7f000001/"],
		["loopback as one octal number", "http://017700000001/"],
		["loopback with a hexadecimal part", "http://0x7f.1/"],
		["loopback with an octal part", "http://0177.0.0.1/"],
		["loopback, shortened", "http://127.1/"],
		["loopback with a trailing dot", "http://127.0.0.1./"],
		["loopback with percent signs", "http://%31%32%37.0.0.1/"],
		["loopback in full-width digits", "http://１２７.０.０.１/"],
		["loopback in circled digits", "http://①②⑦.⓪.⓪.①/"],
		["loopback behind a user name", "http://example.com@127.0.0.1/"],
		["loopback behind a user name and password", "https://shop.example:443@127.0.0.1/"],
		["loopback behind a backslash", "http://127.0.0.1\\@example.com/"],
		["loopback with a tab inside", "http://127.0.\t0.1/"],
		["loopback on a high port", "http://127.0.0.1:8443/"],
		["this host", "http://0.0.0.0/"],
		["this host as a number", "http://0/"],
		["a private network 10/8", "http://10.1.2.3/"],
		["a private network 172.16/12", "http://172.31.0.1/"],
		["a private network 192.168/16", "http://192.168.0.1/"],
		["a carrier's shared network", "http://100.64.0.1/"],
		["link-local", "http://169.254.0.1/"],
		["the metadata service of clouds", "http://169.254.169.254/latest/meta-data"],
		["the metadata service as a decimal number", "http://2852039166/"],
		["the metadata service as a hexadecimal number", "http://0xa9fea9fe/"],
		["the metadata service of Alibaba Cloud", "http://100.100.100.200/"],
		["the metadata service of Oracle Cloud", "http://192.0.0.192/"],
		["the metadata service of AWS over IPv6", "http://[fd00:ec2::254]/"],
		["multicast", "http://224.0.0.1/"],
		["broadcast", "http://255.255.255.255/"],
		["a range for tests", "http://198.18.0.1/"],
		["IPv6 loopback", "http://[::1]/"],
		["IPv6 loopback, written in full", "http://[0:0:0:0:0:0:0:1]/"],
		["IPv6 unspecified", "http://[::]/"],
		["IPv4 mapped into IPv6", "http://[::ffff:127.0.0.1]/"],
		["IPv4 mapped into IPv6, in hexadecimal", "http://[::ffff:a9fe:a9fe]/"],
		["IPv4 mapped into IPv6, private", "http://[::ffff:10.0.0.1]/"],
		["IPv4-compatible IPv6", "http://[::127.0.0.1]/"],
		["IPv4 translated by NAT64", "http://[64:ff9b::7f00:1]/"],
		["IPv4 translated by a local NAT64", "http://[64:ff9b:1::7f00:1]/"],
		["IPv4 tunnelled by 6to4", "http://[2002:7f00:1::]/"],
		["IPv4 tunnelled by Teredo", "http://[2001:0:7f00:1::]/"],
		["IPv6 unique local fc00", "http://[fc00::1]/"],
		["IPv6 unique local fd00", "http://[fd00::1]/"],
		["IPv6 link-local", "http://[fe80::1]/"],
		["IPv6 site-local", "http://[fec0::1]/"],
		["IPv6 multicast", "http://[ff02::1]/"],
		["IPv6 documentation", "http://[2001:db8::1]/"],
		["another protocol", "ftp://example.com/"],
		["a file", "file:///etc/passwd"],
		["gopher", "gopher://example.com/"],
		["data", "data:text/plain,hello"],
		["a mail server's port", "http://example.com:25/"],
		["a remote shell's port", "https://example.com:22/"],
	])("%s: %s", (_trick, url) => expect(codeOf(() => guard.check(url))).toBe("address-refused"));

	it.each(["https://example.com/", "http://8.8.8.8/", "https://[2606:4700::1111]/", "https://shop.example:8443/x"])(
		"while %s is let through",
		(url) => expect(codeOf(() => guard.check(url))).toBe("passed"),
	);
});

/** What a connection to this name would do: the check of the address as written, then that of the look-up. */
function connecting(guard: ReturnType<typeof createGuard>, url: string): Promise<string> {
	const first = codeOf(() => guard.check(url));
	if (first !== "passed") return Promise.resolve(first);
	return new Promise((resolve) =>
		guard.lookup(new URL(url).hostname, { all: true }, (error) =>
			resolve(error instanceof ConnectorError && error.fault.kind === "permanent" ? "address-refused" : "passed"),
		),
	);
}

describe("a name is refused by where it leads", () => {
	it.each([
		["localhost", "http://localhost/", ["127.0.0.1"]],
		["localhost with a trailing dot", "http://localhost./", ["127.0.0.1"]],
		["localhost in capitals", "http://LOCALHOST/", ["127.0.0.1"]],
		["a name below localhost", "http://shop.localhost/", ["127.0.0.1"]],
		["the metadata name of Google Cloud", "http://metadata.google.internal/", ["169.254.169.254"]],
		["the metadata name of Google Cloud, short", "http://metadata/", ["169.254.169.254"]],
		["the metadata name of AWS", "http://instance-data.ec2.internal/", ["169.254.169.254"]],
		["a public name of a loopback address", "http://127.0.0.1.nip.io/", ["127.0.0.1"]],
		["a public name of a private address", "https://intranet.example/", ["10.0.0.5"]],
		["a name with one public and one private address", "https://both.example/", ["8.8.8.8", "10.0.0.1"]],
		["a name with a private IPv6 address beside a public IPv4", "https://six.example/", ["8.8.8.8", "fd00::1"]],
		["a name with a mapped address", "https://mapped.example/", ["::ffff:127.0.0.1"]],
		["a name with the unspecified address", "https://zero.example/", ["0.0.0.0"]],
		["a cluster's name", "http://kubernetes.default.svc.cluster.local/", ["10.96.0.1"]],
	])("%s: %s", async (_trick, url, found) => {
		expect(await connecting(createGuard([], answers(...found)), url)).toBe("address-refused");
	});

	it("unless its host is allowed by name", async () => {
		expect(await connecting(createGuard(["shop.lan"], answers("10.0.0.1")), "http://shop.lan/")).toBe("passed");
		expect(await connecting(createGuard(["shop.lan"], answers("10.0.0.1")), "http://not-shop.lan/")).not.toBe("passed");
		expect(await connecting(createGuard(["shop.lan"], answers("10.0.0.1")), "http://a.shop.lan/")).not.toBe("passed");
	});
});

describe("through a real client", () => {
	let calls = 0;
	const inside = createServer((asked, response) => {
		calls++;
		if (asked.url === "/moved") response.writeHead(302, { location: "http://169.254.169.254/latest" });
		response.end("{}");
	});
	let port = 0;
	beforeAll(async () => {
		await new Promise<void>((resolve) => inside.listen(0, "127.0.0.1", resolve));
		port = (inside.address() as AddressInfo).port;
	});
	afterAll(() => inside.close());

	const ask = (guard: ReturnType<typeof createGuard>, path = "/") => {
		const dispatcher = new Agent({ connect: { lookup: guard.lookup } });
		return request(`http://shop.example:${port}${path}`, { dispatcher }).finally(() => dispatcher.destroy());
	};

	it("a server inside is never reached", async () => {
		await expect(ask(createGuard([], answers("127.0.0.1")))).rejects.toThrow(/private network/);
		expect(calls).toBe(0);
		expect((await ask(createGuard(["shop.example"], answers("127.0.0.1")))).statusCode).toBe(200);
		expect(calls).toBe(1);
	});

	it("DNS rebinding: a name that was public when it was checked, and is private when it is called", async () => {
		let asked = 0;
		const rebinding = ((_name: string, _options: object, callback: (error: null, found: object[]) => void) =>
			callback(null, [{ address: asked++ === 0 ? "8.8.8.8" : "127.0.0.1", family: 4 }])) as never;
		const guard = createGuard([], rebinding);
		expect(await connecting(guard, "http://shop.example/")).toBe("passed");
		const before = calls;
		await expect(ask(guard)).rejects.toThrow(/private network/);
		expect(calls).toBe(before);
	});

	it("the connection goes to the very address that was checked", async () => {
		const lookedUp = (guard: ReturnType<typeof createGuard>) =>
			new Promise((resolve) => guard.lookup("shop.example", { all: false }, (...answer) => resolve(answer)));
		expect(await lookedUp(createGuard([], answers("8.8.8.8", "8.8.4.4")))).toEqual([null, "8.8.8.8", 4]);
		expect(await lookedUp(createGuard(["shop.example"], answers("10.0.0.1")))).toEqual([null, "10.0.0.1", 4]);
	});

	it("a redirect is not followed by the client, whatever it leads to", async () => {
		const answer = await ask(createGuard(["shop.example"], answers("127.0.0.1")), "/moved");
		expect(answer.statusCode).toBe(302);
	});
});

it.each(["localhost", "", "127.0.0.1.", "999.1.1.1", "fe80::1%eth0", "::ffff:10.0.0.1"])(
	"what is no plain public address is judged private: %s",
	(address) => expect(isPrivate(address)).toBe(true),
);
