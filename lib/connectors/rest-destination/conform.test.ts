import { conform } from "../kit/conform";
import { warehouseHarness } from "../kit/rest/harness-warehouse";
import { restDestination } from "./index";

/** A bearer token and numbered pages; it refuses doubles by itself. */
conform(
	restDestination,
	warehouseHarness({
		dialect: {},
		settings: (baseUrl) => ({ baseUrl, secret: "sandbox-token-0123456789", refusesDoubles: true }),
		wrong: { secret: "another-token-0123456789" },
	}),
);

/** Client credentials, cursors, and a list that cannot be asked for changes; it takes doubles, so we look first. */
conform(
	restDestination,
	warehouseHarness({
		dialect: {
			access: { scheme: "oauth", user: "house", secret: "oauth-secret-0123" },
			paging: "cursor",
			since: "",
			refusesDoubles: false,
		},
		settings: (baseUrl, server) => ({
			...{ baseUrl, authScheme: "oauth", user: "house", secret: "oauth-secret-0123", tokenUrl: `${server}/token` },
			...{ pagingKind: "cursor", pageName: "cursor", nextAt: "next", sinceName: "" },
		}),
		wrong: { secret: "another-secret-0123" },
	}),
);
