// The web server's process: the built app on a port of its own choice when the usual one is taken.
import { createServer } from "node:http";
import next from "next";

const usual = Number(process.argv[process.argv.indexOf("--port") + 1]) || Number(process.env.PORT) || 3000;
const hostname = process.env.HOST || "127.0.0.1";

const app = next({ dev: false, dir: process.cwd(), hostname, port: usual });
await app.prepare();
const server = createServer(app.getRequestHandler());
server.on("error", (error) => {
	if (error.code !== "EADDRINUSE") throw error;
	console.log(`Port ${usual} is taken, so another one is used`);
	server.listen(0, hostname);
});
server.on("listening", () => process.send?.(`http://${hostname}:${server.address().port}`));
server.listen(usual, hostname);

const stop = () => {
	server.closeAllConnections();
	process.exit(0);
};
process.on("SIGTERM", stop);
process.on("SIGINT", stop);
process.on("disconnect", stop);
