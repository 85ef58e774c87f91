import { AsyncLocalStorage } from "node:async_hooks";

// What Next's own server does before anything else: whoever loads a part of Next first decides it for the whole process.
Object.assign(globalThis, { AsyncLocalStorage });
