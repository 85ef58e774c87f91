import { beforeEach } from "vitest";
import type { TestJourney } from "./journey";
import { createTestPerson, type TestPerson } from "./people";

type Placed = ReturnType<TestJourney["place"]>;

/** Somebody of the staff and somebody of the merchant, who press buttons of orders. Read its people only inside tests. */
export interface OrderDesk {
	staff: TestPerson;
	client: TestPerson;
	press(verb: string, order: Placed, body?: object, who?: TestPerson): ReturnType<TestPerson["call"]>;
	read(order: Placed, who?: TestPerson): Promise<Awaited<ReturnType<TestPerson["call"]>>["body"]>;
	/** An order of one TEE, loaded. */
	loaded(): Promise<Placed>;
	/** The shopper takes more, or fewer, of the first line. */
	change(order: Placed, quantity: number): void;
	quantities(order: Placed): number[];
}

export function orderDesk(journey: TestJourney): OrderDesk {
	const desk = {} as OrderDesk;
	beforeEach(async () => {
		const { accountId, merchantId } = journey.tenant;
		desk.staff = await createTestPerson({ accountId, role: "operator" });
		desk.client = await createTestPerson({ accountId, role: "operator", merchantId });
	});
	const pathOf = async ({ code }: Placed) =>
		`/accounts/${journey.tenant.accountId}/orders/${await journey.orderIdOf(code)}`;
	return Object.assign(desk, {
		press: async (verb, order, body = {}, who = desk.staff) => who.call("POST", `${await pathOf(order)}/${verb}`, body),
		read: async (order, who = desk.staff) => (await who.call("GET", await pathOf(order))).body,
		async loaded() {
			const order = journey.place([{ sku: "TEE", quantity: 1 }]);
			await journey.download();
			return order;
		},
		change(order, quantity) {
			const [line] = order.lines;
			if (line) Object.assign(line, { quantity, ordered: quantity });
			journey.shop.store.touch(order);
		},
		quantities: ({ code }) => journey.atWarehouse(code).items.map((item) => item.qty),
	} satisfies Omit<OrderDesk, "staff" | "client">);
}
