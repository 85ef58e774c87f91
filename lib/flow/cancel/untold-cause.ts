import type { Cause } from "../run/alerts";

export interface Untold {
	orderId: string;
	number: string;
	/** The source that does not know, and its connection. */
	system: string;
	connectionId: string;
	/** Why, as words that follow a colon. */
	problem: string;
}

/** The warehouse canceled an order, and its cart cannot be told: a person must. */
export function untoldCause({ orderId, number, system, connectionId, problem }: Untold): Cause {
	return {
		cause: `warehouse-canceled:${orderId}`,
		code: "warehouse-canceled",
		facts: { number, system, problem },
		connectionId,
	};
}
