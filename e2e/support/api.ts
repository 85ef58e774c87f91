/** The API as whoever is signed in on a page asks it: for what a scenario needs beforehand, or looks up afterwards. */

import { createORPCClient } from "@orpc/client";
import type { ContractRouterClient } from "@orpc/contract";
import type { JsonifiedClient } from "@orpc/openapi-client";
import { OpenAPILink } from "@orpc/openapi-client/fetch";
import { expect, type Page } from "@playwright/test";
import { contract } from "@/lib/api/contract/contract";
import { theWorld } from "./world";

type Client = JsonifiedClient<ContractRouterClient<typeof contract>>;

/** An account as one person of it asks for it. */
export interface Desk {
	api: Client;
	accountId: string;
}

/** The account that stands in the page's address. */
export function accountOf(page: Page): string {
	return /\/(acc_[0-9a-z]+)/.exec(page.url())?.[1] ?? "";
}

export async function deskOf(page: Page): Promise<Desk> {
	return { api: await apiOf(page), accountId: accountOf(page) };
}

async function apiOf(page: Page): Promise<Client> {
	const cookie = await cookieOf(page);
	const url = `${theWorld().appUrl}/api/v1`;
	return createORPCClient(new OpenAPILink(contract, { url, headers: { cookie }, fetch: fetchOrSay }));
}

/** A refusal says in a test's report what it is about. */
async function fetchOrSay(request: Request, init?: RequestInit): Promise<Response> {
	const answer = await fetch(request, init);
	if (answer.status >= 400) console.error(`${request.method} ${request.url}: ${await answer.clone().text()}`);
	return answer;
}

/** What the API answers to an address below the account's, in figures only. */
export async function statusOf(page: Page, method: string, path: string, body?: object): Promise<number> {
	const answer = await fetch(`${theWorld().appUrl}/api/v1/accounts/${path}`, {
		method,
		headers: { cookie: await cookieOf(page), ...(body && { "content-type": "application/json" }) },
		...(body && { body: JSON.stringify(body) }),
	});
	await answer.arrayBuffer();
	return answer.status;
}

async function cookieOf(page: Page): Promise<string> {
	const cookies = await page.context().cookies(theWorld().appUrl);
	return cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
}

export async function connectionNamed({ api, accountId }: Desk, name: string) {
	const { items } = await api.connections.list({ accountId });
	const found = items.find((connection) => connection.name === name);
	if (!found) throw new Error(`there is no connection ${name}`);
	return api.connections.get({ accountId, connectionId: found.id });
}

/** A merchant by name, made when it is not there. */
export async function merchantNamed({ api, accountId }: Desk, name: string): Promise<string> {
	const { items } = await api.merchants.list({ accountId });
	return (items.find((merchant) => merchant.name === name) ?? (await api.merchants.create({ accountId, name }))).id;
}

/** Connects the second shop for a merchant, as its cart of this name. */
export async function connectSecondShop({ api, accountId }: Desk, merchantId: string, name: string): Promise<string> {
	const { settings: values } = theWorld().secondShop;
	const made = { accountId, merchantId, connectorKey: "vendure", side: "source" as const, name, values };
	return (await api.connections.create(made)).id;
}

/** Runs a function and waits until the run that this asked for has ended. Gives that run. */
export async function runToEnd(desk: Desk, connection: string, title: string) {
	const { api, accountId } = desk;
	const { id: connectionId, flows } = await connectionNamed(desk, connection);
	const flow = flows.find((one) => one.title === title);
	if (!flow) throw new Error(`${connection} has no function ${title}`);
	const runs = async () => (await api.runs.list({ accountId, connectionId, job: flow.job, limit: 20 })).items;
	const known = (await runs()).map(({ id }) => id);
	const { queuedAt } = await api.connections.runNow({ accountId, flowId: flow.id });
	// Processes differ by some milliseconds about the time: the run that says a person asked for it is ours as well.
	const ended = async () =>
		(await runs()).find(
			(run) => run.endedAt && !known.includes(run.id) && (run.trigger === "person" || run.startedAt >= queuedAt),
		);
	const message = `${title} of ${connection} ran`;
	await expect.poll(async () => (await ended()) !== undefined, { message, timeout: 60_000 }).toBe(true);
	const run = await ended();
	if (!run) throw new Error(`the run went away: ${message}`);
	return run;
}

/** An order by its number, once it is here. */
export async function orderNumbered({ api, accountId }: Desk, number: string) {
	const found = async () => (await api.orders.list({ accountId, search: number })).items[0];
	await expect.poll(found, { message: `order ${number} is here`, timeout: 60_000 }).toBeTruthy();
	return api.orders.get({ accountId, orderId: (await found())?.id ?? "" });
}

/** Pauses a connection while something is done, so that nothing leaves meanwhile. */
export async function whileNothingLeaves(desk: Desk, connection: string, work: () => Promise<void>): Promise<void> {
	const { api, accountId } = desk;
	const { id: connectionId } = await connectionNamed(desk, connection);
	await api.connections.pause({ accountId, connectionId });
	await work();
	await api.connections.resume({ accountId, connectionId });
}
