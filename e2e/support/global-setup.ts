import { startProcess, tsx } from "@/lib/launch/process";
import { tellWorld } from "./world";

/** Starts the stage once for all scenarios. It ends with this process, whatever ends it. */
export default async function setUp(): Promise<() => Promise<void>> {
	const stage = startProcess("stage of the browser tests", [...tsx, "e2e/support/stage.ts"], process.env);
	tellWorld(await stage.ready);
	return stage.stop;
}
