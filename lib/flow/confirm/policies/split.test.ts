import { describe, expect, it } from "vitest";
import { shipment } from "@/lib/canonical/shipment";
import { confirmationsFor } from "./split";

const order = { sourceId: "7", lines: [{ id: "lin_1", sourceLineId: "a", sku: "TEE" }] };
const line = { lineId: "lin_1", sku: "TEE", quantity: 1 };
const left = (cost?: string) =>
	shipment.parse({
		externalId: "1",
		shippedAt: new Date(0),
		lines: [{ ...line, quantity: 2 }],
		packages: ["1ZA", "1ZB"].map((trackingNumber) => ({ trackingNumber, lines: [line] })),
		...(cost && { cost }),
	});

describe("the cost of a shipment", () => {
	it("is told once, whether its packages are told apart or together", () => {
		const costs = (takes: "one-per-order" | "one-per-package") =>
			confirmationsFor(left("7.12"), order, takes).map(({ cost }) => cost);
		expect(costs("one-per-package")).toEqual(["7.12", undefined]);
		expect(costs("one-per-order")).toEqual(["7.12"]);
	});

	it("is not mentioned where the warehouse states none", () => {
		for (const takes of ["one-per-order", "one-per-package"] as const)
			for (const message of confirmationsFor(left(), order, takes)) expect(message).not.toHaveProperty("cost");
	});
});
