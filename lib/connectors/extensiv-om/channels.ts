import { ConnectorError } from "../kit/fault";
import { type OmContext, refusal, remember } from "./calls";
import { channelList } from "./destination-api";

export async function salesChannels(context: OmContext): Promise<{ salesChannelId: number; name: string }[]> {
	return remember(context, "channels", async () => {
		const { data } = await context.http.get("/v1/saleschannels", { schema: channelList, fault: refusal(context) });
		return data;
	});
}

/** The id of the sales channel that the settings name; undefined when they name none. */
export async function channelId(context: OmContext): Promise<number | undefined> {
	const wanted = context.settings.salesChannel;
	if (wanted === "") return undefined;
	const same = (await salesChannels(context)).filter(({ name }) => name.trim().toLowerCase() === wanted.toLowerCase());
	const [found] = same;
	if (found && same.length === 1) return found.salesChannelId;
	throw new ConnectorError(
		{ kind: "permanent", code: "unknown-channel", field: "salesChannel" },
		`Order Manager has ${found ? "several sales channels" : "no sales channel"} of that name. Correct Sales channel for sent orders.`,
	);
}
