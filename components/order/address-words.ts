import type { z } from "zod";
import type { orderDetail } from "@/lib/api/contract/orders";

type ShipTo = z.output<typeof orderDetail>["shipTo"];

/** The fields of an address as people know them, in the order of a form. */
export const addressFields: { key: keyof ShipTo; label: string; help?: string }[] = [
	{ key: "name", label: "Name" },
	{ key: "company", label: "Company" },
	{ key: "line1", label: "Street" },
	{ key: "line2", label: "Street, second line" },
	{ key: "postalCode", label: "Postal code" },
	{ key: "city", label: "City" },
	{ key: "region", label: "Region" },
	{ key: "country", label: "Country", help: "Two letters, as US" },
	{ key: "phone", label: "Phone" },
	{ key: "email", label: "Mail" },
];
