import type { z } from "zod";
import type { shipMethodChange, shipMethodEffect, shipMethodRow } from "@/lib/api/contract/ship-methods";
import type { CarrierPair, ShipMethodConditions } from "@/lib/canonical/ship-method";
import { plural } from "../ui/plural";

export type MethodRow = z.output<typeof shipMethodRow>;
export type MethodChange = z.input<typeof shipMethodChange>;
export type Effect = z.output<typeof shipMethodEffect>;
/** What a code becomes, as a person chooses it. */
export type Target = Pick<MethodRow, "action" | "carrier" | "service">;

export const unmapped: Target = { action: "unmapped", carrier: "", service: "" };
export const passed: Target = { action: "pass", carrier: "", service: "" };

export function mappedTo({ carrier, service }: CarrierPair): Target {
	return { action: "map", carrier, service };
}

export function pairWords({ carrier, service }: CarrierPair): string {
	return [carrier, service].filter(Boolean).join(" ");
}

export function targetWords(target: Target): string {
	if (target.action === "map") return pairWords(target);
	return target.action === "pass" ? "Pass through" : "Not mapped";
}

/** The key of a target among the options of a list. */
export function targetKey({ action, carrier, service }: Target): string {
	return action === "map" ? `map:${carrier}\u0000${service}` : action;
}

export function codeWords(code: string): string {
	if (code === "*") return "* (everything else)";
	return code || "(no ship method)";
}

/** "to CA or MX, from 1,000 g, below 50 USD"; empty where nothing is asked. */
export function conditionWords(conditions: ShipMethodConditions): string {
	const { countries, gramsFrom, gramsTo, valueFrom, valueTo, currency } = conditions;
	const money = (value: string) => [value, currency].filter(Boolean).join(" ");
	return [
		countries && `to ${countries.join(" or ")}`,
		gramsFrom !== undefined && `from ${gramsFrom.toLocaleString("en")} g`,
		gramsTo !== undefined && `below ${gramsTo.toLocaleString("en")} g`,
		valueFrom !== undefined && `worth ${money(valueFrom)} or more`,
		valueTo !== undefined && `worth less than ${money(valueTo)}`,
		valueFrom === undefined && valueTo === undefined && currency && `paid in ${currency}`,
	]
		.filter(Boolean)
		.join(", ");
}

/** What a change does to orders that wait, in one sentence. */
export function effectWords({ released, changed, held, examples }: Effect): string {
	const parts = [
		released > 0 && `${plural(released, "order that waits goes out", "orders that wait go out")}`,
		changed > 0 && `${plural(changed, "order not sent yet goes", "orders not sent yet go")} another way`,
		held > 0 && `${plural(held, "order not sent yet will be held", "orders not sent yet will be held")}`,
	].filter(Boolean);
	if (parts.length === 0) return "No order that waits now is affected.";
	const named =
		examples.length > 0 ? ` (${examples.join(", ")}${released + changed + held > examples.length ? ", …" : ""})` : "";
	return `${parts.join(", ")}${named}.`;
}

export function releasedWords(released: number): string {
	if (released === 0) return "";
	return released === 1 ? "1 order that waited goes out." : `${released} orders that waited go out.`;
}
