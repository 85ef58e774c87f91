import { conform } from "../kit/conform";
import { shopHarness } from "../kit/rest/harness-shop";
import { webShopManager } from "./index";

conform(
	webShopManager,
	shopHarness({
		dialect: { access: { scheme: "headers", headers: { "x-auth-key": "sandbox-key-0123456789" } } },
		settings: (_, server) => ({ hostDomain: server, authKey: "sandbox-key-0123456789" }),
		wrong: { authKey: "another-key-0123456789" },
	}),
);

/** The key in the address, offsets instead of pages. */
conform(
	webShopManager,
	shopHarness({
		dialect: { access: { scheme: "query", name: "auth_key", key: "sandbox-key-0123456789" }, paging: "offset" },
		settings: (_, server) => ({
			...{ hostDomain: server, authKey: "sandbox-key-0123456789", keyIn: "query", keyName: "auth_key" },
			...{ pagingKind: "offset", pageName: "offset" },
		}),
		wrong: { authKey: "another-key-0123456789" },
	}),
);
