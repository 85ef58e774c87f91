import { z } from "zod";
import { referenced } from "@/lib/canonical/reference-places";

const level = z.enum(["account", "merchant", "connection"]);

/** One field of a connector's settings: enough to draw the form. */
export const formField = z.object({
	name: z.string(),
	label: z.string(),
	help: z.string().optional(),
	section: z.enum(["Access", "Orders", "Backorders", "Shipments", "Inventory", "Purchase orders", "Products"]),
	level,
	kind: z.enum(["text", "url", "number", "select", "multiselect", "switch", "date"]),
	required: z.boolean(),
	secret: z.boolean(),
	advanced: z.boolean(),
	options: z.array(z.object({ value: z.string(), label: z.string() })).optional(),
	/** Text of several lines. */
	multiline: z.boolean().optional(),
	/** Holds places such as {{number}}: one text, or one in each line after a name. */
	template: z.enum(["text", "lines"]).optional(),
	/** What a template is filled from: which places it may name. */
	about: z.enum(referenced).optional(),
	/** The fields that the other system has, where lines may name these alone. */
	names: z.array(z.string()).optional(),
	/** Shown only while another field holds one of these. */
	when: z.object({ field: z.string(), is: z.array(z.string()) }).optional(),
	choicesFrom: z.string().optional(),
	default: z.unknown().optional(),
});
