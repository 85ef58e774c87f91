import { randomFillSync } from "node:crypto";

/** What each kind of id starts with. */
export type IdPrefix =
	| "acc"
	| "ale"
	| "alr"
	| "att"
	| "aud"
	| "blk"
	| "cam"
	| "cfm"
	| "con"
	| "cre"
	| "dif"
	| "dlv"
	| "ers"
	| "evt"
	| "exp"
	| "flo"
	| "ibd"
	| "ibe"
	| "iba"
	| "inv"
	| "itc"
	| "itm"
	| "key"
	| "lin"
	| "lnk"
	| "loc"
	| "mem"
	| "mer"
	| "ntf"
	| "ord"
	| "pky"
	| "pol"
	| "prd"
	| "psh"
	| "pur"
	| "rct"
	| "rcu"
	| "rcn"
	| "rec"
	| "req"
	| "rlv"
	| "run"
	| "ses"
	| "src"
	| "shl"
	| "shm"
	| "shp"
	| "tst"
	| "usr"
	| "viw"
	| "wcn"
	| "whd"
	| "whk"
	| "whm"
	| "wrk"
	| "xch";

const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
const pool = Buffer.alloc(8192);
let used = pool.length;

/**
 * A new id: prefix, time in milliseconds (ten characters), fourteen random ones. Ids of one kind sort by
 * the time they were made, so a page after an id is a page after a moment.
 */
export function newId(prefix: IdPrefix, at: number = Date.now()): string {
	if (used + 14 > pool.length) {
		randomFillSync(pool);
		used = 0;
	}
	let random = "";
	for (let i = 0; i < 14; i++) random += alphabet[(pool[used++] ?? 0) & 31];
	return `${prefix}_${timePart(at)}${random}`;
}

/** The smallest id of a kind made at or after a moment: a range of ids is a range of time, with no further index. */
export function idFloor(prefix: IdPrefix, at: Date): string {
	return `${prefix}_${timePart(at.getTime())}`;
}

let lastTime = -1;
let lastPart = "";

function timePart(at: number): string {
	if (at === lastTime) return lastPart;
	let part = "";
	for (let rest = at, i = 0; i < 10; i++, rest = Math.floor(rest / 32)) part = (alphabet[rest % 32] ?? "") + part;
	lastTime = at;
	lastPart = part;
	return part;
}
