import type { Bench } from "./bench";

/** One promise about one capability, checked on a bench of its own. */
export interface Case {
	/** Begins with the promise's number. */
	name: string;
	run(bench: Bench): Promise<void>;
}
