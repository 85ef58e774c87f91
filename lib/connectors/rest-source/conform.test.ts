import { conform } from "../kit/conform";
import { shopHarness } from "../kit/rest/harness-shop";
import { restSource } from "./index";

/** A key in a header, numbered pages by change time. */
conform(
	restSource,
	shopHarness({
		dialect: { access: { scheme: "headers", headers: { "x-api-key": "sandbox-key-0123456789" } } },
		settings: (baseUrl) => ({ baseUrl, authScheme: "header", secret: "sandbox-key-0123456789", oldestFirst: true }),
		wrong: { secret: "another-key-0123456789" },
	}),
);

/** A key in the address, links to the next page, a call for each SKU. */
conform(
	restSource,
	shopHarness({
		dialect: { access: { scheme: "query", name: "api_key", key: "sandbox-key-0123456789" }, paging: "link", since: "" },
		settings: (baseUrl) => ({
			...{ baseUrl, authScheme: "query", keyName: "api_key", secret: "sandbox-key-0123456789" },
			...{ pagingKind: "link", sinceName: "" },
			...{ stockPath: "/stock/{sku}", stockTogether: false, stockMap: "quantity: quantity" },
		}),
		wrong: { secret: "another-key-0123456789" },
	}),
);
