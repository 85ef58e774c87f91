import type { z } from "zod";
import type { connectorCard } from "@/lib/api/contract/connections";
import { allConnectors } from "@/lib/connectors";
import { cardOf } from "@/lib/connectors/kit/form";
import { readGuide } from "@/lib/connectors/kit/guide";
import type { Connector } from "@/lib/connectors/kit/types";
import { optionFields } from "./option-fields";
import { offeredReferences } from "./reference-fields";
import { offeredUnits } from "./unit-fields";

export type ConnectorCard = z.input<typeof connectorCard>;

/** Every system that can be connected, with its form and its guide. */
export function listConnectors(): Promise<ConnectorCard[]> {
	return Promise.all(allConnectors().map(connectorCardOf));
}

export async function connectorCardOf(connector: Connector): Promise<ConnectorCard> {
	return { ...cardOf(connector), guide: await readGuide(connector.key), options: optionsOf(connector) };
}

/** What a cart's system cannot do has no option either. */
function optionsOf(connector: Connector) {
	const { source } = connector;
	const destinations = offeredReferences(optionFields.destination, connector);
	const options = optionFields.source.filter(({ name }) => name !== "partialReceipts" || source?.receipts);
	return { source: options, destination: offeredUnits(destinations, connector) };
}
