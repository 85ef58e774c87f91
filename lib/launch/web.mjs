// The web server's process: the built app on the port the launcher chose.
import { createServer } from "node:http";
import next from "next";
import { protect } from "./web-headers.mjs";

// A server without keys could neither open a secret nor sign anybody in: it says so at once.
const missing = ["ENCRYPTION_KEY", "AUTH_SECRET"].filter((name) => !process.env[name] && !process.env[`${name}_FILE`]);
if (missing.length > 0) {
	console.error(
		`The web server did not start. Missing: ${missing.join(", ")}. Make each with: openssl rand -base64 32`,
	);
	process.exit(1);
}

const port = Number(process.env.PORT) || 3000;
const appUrl = process.env.APP_URL || `http://127.0.0.1:${port}`;
const hostname = process.env.HOST || "127.0.0.1";

// Next's own greeting would stand between the launcher's lines.
console.log = () => {};
const app = next({ dev: false, dir: process.cwd(), hostname, port });
await app.prepare();
const answer = app.getRequestHandler();
const server = createServer((request, response) => {
	protect(request, response, appUrl);
	if (isReadable(request.url ?? "/")) return answer(request, response);
	// Next answers an address with broken escapes as if it were a fault of its own.
	return response.writeHead(400).end("This address cannot be read.");
});
server.on("error", (error) => {
	const taken = error.code === "EADDRINUSE";
	console.error(taken ? `Port ${port} was taken meanwhile. Start again.` : error.message);
	process.exit(1);
});
server.on("listening", () => process.send?.("ready"));
server.listen(port, hostname);

const stop = () => {
	server.closeAllConnections();
	process.exit(0);
};
process.on("SIGTERM", stop);
process.on("SIGINT", stop);
process.on("disconnect", stop);

function isReadable(address) {
	try {
		decodeURIComponent(address.split("?")[0]);
		return true;
	} catch {
		return false;
	}
}
