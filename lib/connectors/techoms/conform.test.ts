import { conform } from "../kit/conform";
import { warehouseHarness } from "../kit/rest/harness-warehouse";
import { techoms } from "./index";
import { access, dialect, settings } from "./support";

conform(
	techoms,
	warehouseHarness({
		dialect,
		settings: (baseUrl) => settings(baseUrl),
		wrong: { clientSecret: "another-secret-0123", tplKey: "another-tpl-key-0123" },
	}),
);

/** The same where the credentials are those of an OAuth client. */
conform(
	techoms,
	warehouseHarness({
		dialect: {
			...dialect,
			access: {
				scheme: "oauth",
				user: access.clientId,
				secret: access.clientSecret,
				headers: { "x-api-key": access.tplKey },
			},
		},
		settings: (baseUrl, server) => ({ ...settings(baseUrl), authScheme: "oauth", tokenUrl: `${server}/token` }),
		wrong: { clientSecret: "another-secret-0123", tplKey: "another-tpl-key-0123" },
	}),
);
