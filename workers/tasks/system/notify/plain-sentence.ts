/** Sentences as they may leave the house: partners' words may repeat what the order says about its receiver. */
import type { Transaction } from "@/lib/db/transact";
import { kindOf } from "@/lib/flow/run/alert-causes";

const mailAddress = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}.-]+\.\p{L}{2,}/gu;
const phone = /\+\d[\d ()./-]{6,}\d/g;
/** Too short, or in too many other words, to be told from them. */
const kept = new Set(["country", "region", "state", "residential"]);

/** The sentence without mail addresses, telephone numbers, and the words given. */
export function withoutPersonal(sentence: string, personal: string[]): string {
	const plain = sentence.replace(mailAddress, "•••").replace(phone, "•••");
	return personal.reduce((text, words) => text.replaceAll(whole(words), "•••"), plain);
}

/** The words by themselves, not within others. */
function whole(words: string): RegExp {
	const literal = words.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
	return new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, "giu");
}

/** What the orders that wait on an alert say about people: names, streets, places, longest first. */
export async function personalWords(tx: Transaction, alert: { id: string; cause: string }): Promise<string[]> {
	const orders = kindOf(alert.cause)?.orders;
	if (!orders) return [];
	const rows = await tx.sql<{ document: Record<string, unknown> | null }>(
		`select jsonb_build_object('shipTo', o."document" -> 'shipTo', 'billTo', o."document" -> 'billTo', 'customer', o."document" -> 'customer') as "document"
		 from "Alert" a join "Order" o on o."accountId" = a."accountId" and ${orders} where a."id" = $1 order by o."id" desc limit 50`,
		[alert.id],
	);
	const words = rows.flatMap(({ document }) => Object.values(document ?? {}).flatMap(stringsOf));
	return [...new Set(words)].sort((a, b) => b.length - a.length);
}

function stringsOf(part: unknown): string[] {
	if (typeof part !== "object" || part === null) return [];
	return Object.entries(part).flatMap(([name, value]) => {
		if (typeof value === "object") return stringsOf(value);
		if (typeof value !== "string" || kept.has(name)) return [];
		const parts = /name/i.test(name) ? value.split(/\s+/) : [];
		return [value.trim(), ...parts].filter((words) => words.length >= 3);
	});
}
