import { ConnectorError } from "../kit/fault";
import type { CheckAnswer, Context } from "../kit/types";
import { customerAnswer, facilityList, rels } from "./api";
import { hal } from "./calls";
import type { ExtensivSettings } from "./settings";
import { worksWithoutTplKey } from "./token";

type Answer = CheckAnswer<ExtensivSettings>;

/** Token, customer and facility, each read once: three calls, and the first that fails names its field. */
export async function check(context: Context<ExtensivSettings>): Promise<Answer> {
	const { customerId, facilityId } = context.settings;
	try {
		const { data } = await context.http.get(`/customers/${customerId}`, { schema: customerAnswer, headers: hal });
		const facilities = await context.http.get("/properties/facilities", { schema: facilityList, headers: hal });
		const facility = facilities.data._embedded[rels.facility].find((place) => place.facilityId === facilityId);
		if (!facility || facility.deactivated)
			return {
				ok: false,
				field: "facilityId",
				fix: `There is no facility ${facilityId} in this warehouse. Choose one from the list.`,
			};
		return { ok: true, as: `${data.companyInfo?.companyName ?? `Customer ${customerId}`} at ${facility.name}` };
	} catch (error) {
		if (!(error instanceof ConnectorError)) throw error;
		return diagnose(context, error);
	}
}

async function diagnose(context: Context<ExtensivSettings>, { fault, message }: ConnectorError): Promise<Answer> {
	const { customerId } = context.settings;
	if (fault.kind === "permanent" && fault.code === "http-404") {
		const fix = `The warehouse knows no customer ${customerId}. Ask it for the right number.`;
		return { ok: false, field: "customerId", fix };
	}
	if (fault.kind === "auth" && fault.reason === "forbidden") {
		const fix = "The credentials lack a right. Give them the roles CustomerView and FacilityView in the warehouse.";
		return { ok: false, fix };
	}
	if (fault.kind === "auth") {
		if (await worksWithoutTplKey(context))
			return { ok: false, field: "tplKey", fix: "The warehouse refused the TPL key. Copy it again, with its braces." };
		const fix = "The warehouse refused the client ID, the secret or the user. Copy all three again.";
		return { ok: false, field: "clientSecret", fix };
	}
	if (fault.kind === "transient" || (fault.kind === "permanent" && fault.code !== "unknown-answer"))
		return { ok: false, field: "baseUrl", fix: message };
	return { ok: false, fix: message };
}
