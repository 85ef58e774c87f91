/** Asks the outside system something while a person waits: settings that may not be stored yet, and short patience. */
import { createContext } from "@/lib/connectors/kit/context";
import { ConnectorError } from "@/lib/connectors/kit/fault";
import { createGuard } from "@/lib/connectors/kit/guard";
import { memoryRecorder, type Recorder } from "@/lib/connectors/kit/record";
import { memoryTokenStore } from "@/lib/connectors/kit/token";
import type { Connector, Context, Fields } from "@/lib/connectors/kit/types";
import { newId } from "@/lib/db/ids";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors/app-error";
import { log } from "@/lib/log";
import type { Values } from "./settings";

export type Checked =
	| { ok: true; as: string }
	/** `reached`: the system answered at all, so that it is the settings it does not like. */
	| { ok: false; fix: string; field: string | null; reached: boolean };

/** How long a person waits for the other system. */
const patienceMs = 20_000;

/** Whether the settings work, in the system's own words. Never throws for what the system says. */
export async function checkSystem(connector: Connector, settings: Values): Promise<Checked> {
	const recorder = memoryRecorder();
	// Refused before anything is sent, it never counts as out of reach.
	const reached = () => recorder.exchanges.length === 0 || recorder.exchanges.some(saidSomething);
	try {
		const answer = await connector.check(contextFor(connector, settings, recorder));
		return answer.ok ? answer : { ok: false, fix: answer.fix, field: answer.field ?? null, reached: reached() };
	} catch (error) {
		if (error instanceof ConnectorError) return { ok: false, fix: error.message, field: null, reached: reached() };
		throw error;
	}
}

/** An answer of the system itself, not of something in front of it that says "later". */
function saidSomething({ status }: { status?: number }): boolean {
	return status !== undefined && status < 500 && status !== 429;
}

/** Runs one question; a refusal of the system becomes `partner-refused` with its sentence. */
export async function askSystem<T>(
	connector: Connector,
	settings: Values,
	ask: (context: Context<Fields>) => Promise<T>,
): Promise<T> {
	try {
		return await ask(contextFor(connector, settings, memoryRecorder()));
	} catch (error) {
		if (!(error instanceof ConnectorError)) throw error;
		throw new AppError("partner-refused", { system: connector.name, subject: "the question", problem: error.message });
	}
}

function contextFor(connector: Connector, settings: Values, recorder: Recorder): Context<Fields> {
	const given = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== "" && value !== null));
	return createContext({
		connector,
		settings: given,
		// A key of its own: what is tried here never slows the connection's own calls down.
		key: newId("req"),
		recorder,
		tokens: memoryTokenStore(),
		signal: AbortSignal.timeout(patienceMs),
		guard: createGuard(env().PRIVATE_HOSTS),
		log: {
			info: (message, more) => log().info({ connector: connector.key, ...more }, message),
			warn: (message, more) => log().warn({ connector: connector.key, ...more }, message),
		},
	});
}
