import { api } from "./api";
import { customStore } from "./custom-store";
import { deposco } from "./deposco";
import { extensiv3pl } from "./extensiv-3pl";
import { extensivIm } from "./extensiv-im";
import { extensivOm } from "./extensiv-om";
import { joor } from "./joor";
import type { Connector, Fields } from "./kit/types";
import { restDestination } from "./rest-destination";
import { restSource } from "./rest-source";
import { techoms } from "./techoms";
import { vendure } from "./vendure";
import { webShopManager } from "./web-shop-manager";

/** The registry: one line per outside system. `npm run connector:new` adds to it. */
const connectors: Connector[] = [
	// Order sources and destinations alike.
	erased(vendure),
	erased(extensiv3pl),
	erased(extensivOm),
	erased(deposco),
	erased(joor),
	erased(restDestination),
	erased(restSource),
	erased(techoms),
	erased(webShopManager),
	erased(customStore),
	erased(extensivIm),
	// Programs that call us.
	erased(api),
];

/** The connector a stored key names; undefined when this version does not know it. */
export function connectorByKey(key: string): Connector | undefined {
	return connectors.find((connector) => connector.key === key);
}

export function allConnectors(): readonly Connector[] {
	return connectors;
}

/**
 * Forgets the exact type of a connector's settings. Sound because a context is made by `createContext`, which
 * parses the settings with the connector's own schema before any of its functions sees them.
 */
function erased<S extends Fields>(connector: Connector<S>): Connector {
	return connector as unknown as Connector;
}
