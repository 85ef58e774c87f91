import { expect } from "@playwright/test";
import { z } from "zod";
import { theWorld } from "./world";

const mails = z.array(
	z.object({ id: z.string(), to: z.array(z.object({ address: z.string() })), subject: z.string(), text: z.string() }),
);
export type Mail = z.output<typeof mails>[number];

/** All mails to an address. */
export async function mailsTo(address: string): Promise<Mail[]> {
	const answer = await fetch(`${theWorld().inboxUrl}/api/email`);
	return mails.parse(await answer.json()).filter(({ to }) => to.some((one) => one.address === address));
}

/** Waits for one mail beside those known to an address, whose subject holds these words. */
export async function mailAbout(address: string, words: string, known: Mail[] = []): Promise<Mail> {
	const fresh = async () =>
		(await mailsTo(address)).filter(
			({ id, subject }) => subject.includes(words) && !known.some((one) => one.id === id),
		);
	const message = `a mail to ${address} about "${words}"`;
	await expect.poll(async () => (await fresh()).length, { message, timeout: 90_000 }).toBe(1);
	const [found] = await fresh();
	if (!found) throw new Error(`${message} went away`);
	return found;
}

/** The address behind the button of a mail, which stands on a line of its own. */
export function linkIn({ text }: Mail, path: string): string {
	const lines = text.split(/\s+/).filter((word) => word.startsWith(`${theWorld().appUrl}${path}`));
	if (!lines[0]) throw new Error(`the mail holds no link to ${path}`);
	return lines[0];
}

/** The links of all sign-in mails to an address. */
export async function signInLinks(address: string): Promise<string[]> {
	const found = await mailsTo(address);
	return found.flatMap(({ text }) => /^http\S+\/sign-in\/confirm\?\S+$/m.exec(text)?.[0] ?? []);
}

/** Waits for a mail beside those known, and gives its link. */
export async function nextSignInLink(address: string, known: string[] = []): Promise<string> {
	const fresh = async () => (await signInLinks(address)).filter((link) => !known.includes(link));
	await expect.poll(async () => (await fresh()).length, { message: `one more mail to ${address}` }).toBe(1);
	return (await fresh())[0] ?? "";
}
