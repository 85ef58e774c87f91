import { createServer } from "node:http";
import { Agent, request } from "undici";
import { describe, expect, it } from "vitest";
import { ConnectorError } from "./fault";
import { createGuard, isPrivate } from "./guard";

const codeOf = (work: () => void) => {
	try {
		work();
		return "passed";
	} catch (error) {
		return error instanceof ConnectorError && error.fault.kind === "permanent" ? error.fault.code : "other";
	}
};

describe("a guard without allowed hosts", () => {
	const guard = createGuard([]);
	it.each([
		"http://127.0.0.1/",
		"http://2130706433/",
		"http://0x7f.1/",
		"http://0177.0.0.1/",
		"http://127.1/",
		"http://10.1.2.3/",
		"http://172.31.0.1/",
		"http://192.168.0.1/",
		"http://169.254.169.254/latest/meta-data",
		"http://100.64.0.1/",
		"http://0.0.0.0/",
		"http://[::1]/",
		"http://[::]/",
		"http://[::ffff:127.0.0.1]/",
		"http://[::ffff:a9fe:a9fe]/",
		"http://[64:ff9b::7f00:1]/",
		"http://[2002:7f00:1::]/",
		"http://[fd00::1]/",
		"http://[fe80::1]/",
		"ftp://example.com/",
		"file:///etc/passwd",
		"http://example.com:25/",
	])("refuses %s", (url) => expect(codeOf(() => guard.check(url))).toBe("address-refused"));

	it.each(["https://example.com/", "http://8.8.8.8/", "https://[2606:4700::1111]/", "https://shop.example:8443/x"])(
		"lets %s through",
		(url) => expect(codeOf(() => guard.check(url))).toBe("passed"),
	);
});

describe("a name", () => {
	const answers = (...addresses: string[]) =>
		((_name: string, _options: object, callback: (error: null, found: object[]) => void) =>
			callback(
				null,
				addresses.map((address) => ({ address, family: 4 })),
			)) as never;
	const lookedUp = (guard: ReturnType<typeof createGuard>, all: boolean) =>
		new Promise((resolve) => guard.lookup("shop.example", { all }, (...answer) => resolve(answer)));

	it("is refused when any of its addresses is private", async () => {
		const [error] = (await lookedUp(createGuard([], answers("8.8.8.8", "10.0.0.1")), true)) as [unknown];
		expect(error).toBeInstanceOf(ConnectorError);
	});

	it("is connected to the very address that was checked", async () => {
		expect(await lookedUp(createGuard([], answers("8.8.8.8", "8.8.4.4")), false)).toEqual([null, "8.8.8.8", 4]);
		expect(await lookedUp(createGuard(["shop.example"], answers("10.0.0.1")), false)).toEqual([null, "10.0.0.1", 4]);
	});

	it("never reaches a server inside, even through a real client", async () => {
		let calls = 0;
		const server = createServer((_request, response) => {
			calls++;
			response.end("{}");
		});
		await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
		const address = server.address();
		const port = address && typeof address === "object" ? address.port : 0;
		const inside = (guard: ReturnType<typeof createGuard>) => {
			const dispatcher = new Agent({ connect: { lookup: guard.lookup } });
			return request(`http://shop.example:${port}/`, { dispatcher }).finally(() => dispatcher.destroy());
		};
		await expect(inside(createGuard([], answers("127.0.0.1")))).rejects.toThrow(/private network/);
		expect(calls).toBe(0);
		expect((await inside(createGuard(["shop.example"], answers("127.0.0.1")))).statusCode).toBe(200);
		expect(calls).toBe(1);
		server.close();
	});
});

it("judges what is no address at all as private", () => expect(isPrivate("localhost")).toBe(true));
