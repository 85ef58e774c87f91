// `npm start`: plain JavaScript until packages are there, then the real launcher.
import { spawn } from "node:child_process";
import { checkNode, install, root } from "./install.mjs";

checkNode();
install();

const child = spawn(process.execPath, ["--import", "tsx", "lib/launch/main.ts", ...process.argv.slice(2)], {
	cwd: root,
	// The channel tells the launcher when we are killed.
	stdio: ["inherit", "inherit", "inherit", "ipc"],
});
// A terminal's Ctrl-C reaches the launcher itself; a signal sent only to us is passed on. It ends us by ending.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code) => process.exit(code ?? 1));
