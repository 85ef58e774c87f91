import { AsyncLocalStorage } from "node:async_hooks";

// What Next's own server does before anything else: whoever loads a part of Next first decides it for the whole process.
Object.assign(globalThis, { AsyncLocalStorage });

// A worker whose runner is gone, as after Ctrl-C, is nobody's: open pools and servers would keep it alive.
const ended = Symbol.for("crossdock.endsWithItsRunner");
if (!Reflect.has(globalThis, ended)) process.once("disconnect", () => process.exit(1));
Reflect.set(globalThis, ended, true);
