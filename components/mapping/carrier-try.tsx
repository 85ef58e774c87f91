"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/lib/api/client";
import { PlainField } from "../form/plain-field";
import { ErrorPanel } from "../shell/error-panel";
import { useHub } from "../shell/hub-context";
import { Section } from "../ui/section";
import { pairWords } from "./ship-method-words";

const howWords: Record<string, string> = {
	mapped: "by the mapping",
	"tracking-number": "by the tracking number",
	field: "by the order's own field",
	passed: "passed through",
};

/** Tries a shipment out: what each cart will receive for a carrier and a tracking number. */
export function CarrierTry({ connectionId }: { connectionId: string }) {
	const { account } = useHub();
	const [given, setGiven] = useState({ carrier: "", service: "", trackingNumber: "", country: "" });
	const tried = useQuery(
		api.carriers.try.queryOptions({
			input: { accountId: account.id, connectionId, ...given },
			enabled: Object.values(given).some((text) => text.trim() !== ""),
			placeholderData: keepPreviousData,
		}),
	);
	const fields = [
		["carrier", "Carrier the warehouse says"],
		["service", "Service"],
		["trackingNumber", "Tracking number"],
		["country", "Country it goes to"],
	] as const;
	return (
		<Section title="The cart will receive" about="Try a shipment out before there is one.">
			<div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
				{fields.map(([name, label]) => (
					<PlainField
						key={name}
						label={label}
						value={given[name]}
						onChange={(text) => setGiven({ ...given, [name]: text })}
					/>
				))}
			</div>
			{tried.error && <ErrorPanel error={tried.error} />}
			<ul className="mt-3 text-[13px]" aria-live="polite">
				{tried.data?.receives.map(({ cart, carrier, service, how }) => (
					<li key={cart} className="py-0.5">
						{cart} will receive <code className="font-medium">{pairWords({ carrier, service }) || "no carrier"}</code>{" "}
						<span className="text-muted">{howWords[how] ?? how}</span>
					</li>
				))}
			</ul>
		</Section>
	);
}
