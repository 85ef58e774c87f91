/** Who did what to which thing: written in the transaction of the change, so that neither exists without the other. */
import { newId } from "./ids";
import type { Scope } from "./scope";
import type { Transaction } from "./transact";

export interface AuditFacts {
	/** noun.verb in the past tense, such as merchant.renamed. */
	action: string;
	subjectType: string;
	subjectId: string;
	/** Whose thing it is, where the scope has no merchant. */
	merchantId?: string;
	before?: Record<string, unknown>;
	after?: Record<string, unknown>;
}

export async function audit(tx: Transaction, scope: Scope, facts: AuditFacts): Promise<void> {
	const { actor } = scope;
	await tx.sql(
		`insert into "AuditEntry" ("id", "accountId", "merchantId", "at", "actorType", "actorId", "actorName", "action",
		   "subjectType", "subjectId", "before", "after", "requestId", "network")
		 values ($1, $2, $3, now(), $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
		[
			newId("aud"),
			scope.accountId,
			scope.merchantId ?? facts.merchantId ?? null,
			actor.type,
			actor.type === "job" ? actor.task : actor.id,
			actor.type === "job" ? "" : (actor.name ?? ""),
			facts.action,
			facts.subjectType,
			facts.subjectId,
			facts.before ? masked(facts.before) : null,
			facts.after ? masked(facts.after) : null,
			scope.requestId,
			scope.network ?? "",
		],
	);
}

const secretName =
	/pass(word|phrase)?|secret|token|api_?key|access_?key|private|credential|authorization|cookie|sealed/i;

/** The same facts with every value hidden whose name says that it is a secret, at any depth. */
function masked(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(masked);
	if (value instanceof Date || typeof value !== "object" || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, inner]) => [name, secretName.test(name) && inner ? "•••" : masked(inner)]),
	);
}
