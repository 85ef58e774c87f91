/** Goods that customers announced or that arrived: the receivers of the sandbox's warehouse. */
import { toLocal } from "../../kit/zone";
import { validation } from "./answers";
import type { WarehouseStore } from "./store";

export interface StoredReceiveItem {
	receiveItemId: number;
	itemIdentifier: { id: number; sku: string };
	/** What was announced; null on a receiver that nobody announced. */
	expectedQty: number | null;
	/** What arrived, once the receiver is confirmed; the announced quantity before. */
	qty: number;
	externalId: string | null;
	lotNumber: string | null;
	expirationDate: string | null;
	savedElements: { name: string; value: string }[];
}
export interface StoredReceiver {
	receiverId: number;
	status: 0 | 1 | 2;
	creationDate: string;
	lastModifiedDate: string;
	arrivalDate: string | null;
	expectedDate: string | null;
	customerId: number;
	facilityId: number;
	referenceNum: string;
	poNum: string | null;
	notes: string | null;
	carrier: string | null;
	trackingNumber: string | null;
	trailerNumber: string | null;
	items: StoredReceiveItem[];
	version: number;
	/** Replaces the record in lists: for tests of malformed answers. */
	malformed?: unknown;
}

/** What arrives: by default everything that was announced. */
export interface Arrival {
	sku: string;
	qty: number;
	lotNumber?: string;
	expirationDate?: string;
}

export class ReceivingDock {
	readonly receivers: StoredReceiver[] = [];

	constructor(private readonly store: WarehouseStore) {}

	get(receiverId: number): StoredReceiver | undefined {
		return this.receivers.find((one) => one.receiverId === receiverId);
	}

	find(referenceNum: string): StoredReceiver | undefined {
		return this.receivers.find((one) => one.referenceNum === referenceNum);
	}

	add(
		given: Omit<
			StoredReceiver,
			"receiverId" | "status" | "creationDate" | "lastModifiedDate" | "arrivalDate" | "version"
		>,
	) {
		const at = this.store.time();
		const receiver: StoredReceiver = {
			...given,
			receiverId: this.store.nextId(),
			status: 0,
			creationDate: at,
			lastModifiedDate: at,
			arrivalDate: null,
			version: 1,
		};
		this.receivers.push(receiver);
		return receiver;
	}

	/** The dock books an announced receiver with what came of it. */
	confirm(receiver: StoredReceiver, arrived?: Arrival[], at = this.store.now()): void {
		if (receiver.status !== 0) throw new Error(`receiver ${receiver.receiverId} is not open`);
		if (arrived)
			receiver.items = receiver.items.flatMap((item) => {
				const came = arrived.find(({ sku }) => sku === item.itemIdentifier.sku);
				const { qty = 0, lotNumber = null, expirationDate = null } = came ?? {};
				return [{ ...item, qty, lotNumber, expirationDate }];
			});
		receiver.status = 1;
		receiver.arrivalDate = toLocal(at, this.store.zone);
		this.touch(receiver);
	}

	/** The rest comes later: the dock enters another receiver under the same purchase order. */
	receiveMore(poNum: string, arrived: Arrival[], customerId = this.store.customerId): StoredReceiver {
		const receiver = this.add({
			expectedDate: null,
			customerId,
			facilityId: 2,
			referenceNum: `RCV-${this.receivers.length + 1}`,
			poNum,
			...{ notes: null, carrier: null, trackingNumber: null, trailerNumber: null },
			items: arrived.map(({ sku, qty, lotNumber = null, expirationDate = null }) => ({
				receiveItemId: this.store.nextId(),
				itemIdentifier: { id: this.store.addItem(sku, customerId).itemId, sku },
				expectedQty: null,
				qty,
				externalId: null,
				lotNumber,
				expirationDate,
				savedElements: [],
			})),
		});
		this.confirm(receiver);
		return receiver;
	}

	cancel(receiver: StoredReceiver): void {
		receiver.status = 2;
		this.touch(receiver);
	}

	touch(receiver: StoredReceiver): void {
		receiver.version++;
		receiver.lastModifiedDate = this.store.time();
	}

	/** The announcement of a receiver, refused as POST /inventory/receivers refuses it. */
	announce(given: Announcement): { receiver: StoredReceiver } | { refused: object } {
		const customer = this.store.customers.get(given.customerIdentifier.id);
		if (!customer) return no("DoesNotExist", "CustomerIdentifier", given.customerIdentifier.id);
		if (!this.store.facilities.some(({ id }) => id === given.facilityIdentifier.id))
			return no("DoesNotExist", "FacilityIdentifier", given.facilityIdentifier.id);
		const bad = given.receiveItems.find(({ qty }) => !Number.isInteger(qty) || qty <= 0);
		if (bad) return no("ValueNotSupported", "Qty", bad.qty);
		const unknown = given.receiveItems.find(({ itemIdentifier }) => !customer.items.has(itemIdentifier.sku));
		if (unknown) return no("DoesNotExist", "Sku", unknown.itemIdentifier.sku);
		const taken = this.receivers.some(
			(one) => one.customerId === customer.id && one.referenceNum === given.referenceNum,
		);
		if (taken && this.store.refusesDoubles) return no("Duplicate", "ReferenceNum", given.referenceNum);
		return {
			receiver: this.add({
				expectedDate: given.expectedDate ?? null,
				customerId: customer.id,
				facilityId: given.facilityIdentifier.id,
				referenceNum: given.referenceNum,
				poNum: given.poNum ?? null,
				notes: given.notes ?? null,
				carrier: given.carrier ?? null,
				trackingNumber: given.trackingNumber ?? null,
				trailerNumber: given.trailerNumber ?? null,
				items: given.receiveItems.map((item) => ({
					receiveItemId: this.store.nextId(),
					itemIdentifier: {
						id: customer.items.get(item.itemIdentifier.sku)?.itemId ?? 0,
						sku: item.itemIdentifier.sku,
					},
					expectedQty: item.qty,
					qty: item.qty,
					externalId: item.externalId ?? null,
					lotNumber: item.lotNumber ?? null,
					expirationDate: item.expirationDate ?? null,
					savedElements: item.savedElements ?? [],
				})),
			}),
		};
	}
}

export interface Announcement {
	customerIdentifier: { id: number };
	facilityIdentifier: { id: number };
	referenceNum: string;
	poNum?: string | null | undefined;
	expectedDate?: string | null | undefined;
	notes?: string | null | undefined;
	carrier?: string | null | undefined;
	trackingNumber?: string | null | undefined;
	trailerNumber?: string | null | undefined;
	receiveItems: {
		itemIdentifier: { sku: string };
		qty: number;
		externalId?: string | null | undefined;
		lotNumber?: string | null | undefined;
		expirationDate?: string | null | undefined;
		savedElements?: { name: string; value: string }[] | undefined;
	}[];
}

function no(code: string, name: string, value: unknown): { refused: object } {
	return { refused: { ...validation(code, name, String(value)), ModelType: "Receiver" } };
}
