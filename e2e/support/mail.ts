import { expect } from "@playwright/test";
import { z } from "zod";
import { theWorld } from "./world";

const mails = z.array(z.object({ to: z.array(z.object({ address: z.string() })), text: z.string() }));

/** The links of all sign-in mails to an address. */
export async function signInLinks(address: string): Promise<string[]> {
	const answer = await fetch(`${theWorld().inboxUrl}/api/email`);
	const found = mails.parse(await answer.json()).filter(({ to }) => to.some((one) => one.address === address));
	return found.flatMap(({ text }) => /^http\S+\/sign-in\/confirm\?\S+$/m.exec(text)?.[0] ?? []);
}

/** Waits for a mail beside those known, and gives its link. */
export async function nextSignInLink(address: string, known: string[] = []): Promise<string> {
	const fresh = async () => (await signInLinks(address)).filter((link) => !known.includes(link));
	await expect.poll(async () => (await fresh()).length, { message: `one more mail to ${address}` }).toBe(1);
	return (await fresh())[0] ?? "";
}
