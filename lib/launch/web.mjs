// The web server's process: the built app on the port the launcher chose.
import { createServer } from "node:http";
import next from "next";
import { protect } from "./web-headers.mjs";

const port = Number(process.env.PORT) || 3000;
const appUrl = process.env.APP_URL || `http://127.0.0.1:${port}`;
const hostname = process.env.HOST || "127.0.0.1";

// Next's own greeting would stand between the launcher's lines.
console.log = () => {};
const app = next({ dev: false, dir: process.cwd(), hostname, port });
await app.prepare();
const handle = app.getRequestHandler();
const server = createServer((request, response) => {
	protect(request, response, appUrl);
	return handle(request, response);
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
