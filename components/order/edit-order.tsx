"use client";
import { Button, Form, Modal } from "@heroui/react";
import { useState } from "react";
import type { z } from "zod";
import { apiClient } from "@/lib/api/client";
import type { orderDetail } from "@/lib/api/contract/orders";
import { PlainField } from "../form/plain-field";
import { ErrorPanel } from "../shell/error-panel";
import { useHub } from "../shell/hub-context";
import { readProblem } from "../ui/problem";
import { addressFields } from "./address-words";
import { useOrderVerb } from "./use-order-verb";

type Order = z.output<typeof orderDetail>;
type ShipTo = Order["shipTo"];

interface EditOrderProps {
	order: Order;
	/** What the form begins with in place of the order's own address. */
	shipTo?: ShipTo;
	/** On the button, where it is not the order's first one. */
	label?: string;
	size?: "sm" | "md";
}

/** Edit and resend: where it goes, what is in it, how it ships. */
export function EditOrder({ order, shipTo = order.shipTo, label, size = "md" }: EditOrderProps) {
	return (
		<Modal>
			<Button variant="outline" size={size}>
				{label ?? (order.held || order.sendingCanceled ? "Edit" : "Edit and resend")}
			</Button>
			<Modal.Backdrop>
				<Modal.Container size="lg" scroll="inside">
					<Modal.Dialog>{({ close }) => <EditForm order={order} begin={shipTo} close={close} />}</Modal.Dialog>
				</Modal.Container>
			</Modal.Backdrop>
		</Modal>
	);
}

function EditForm({ order, begin, close }: { order: Order; begin: ShipTo; close: () => void }) {
	const { account } = useHub();
	// As it was when the form opened: the page behind it reads on.
	const [sourceChangedAt] = useState(order.sourceChangedAt);
	const [shipTo, setShipTo] = useState(begin);
	const [shipping, setShipping] = useState(order.shipping.name || order.shipping.code);
	const [note, setNote] = useState(order.note);
	const [lines, setLines] = useState(
		order.lines.map(({ id, sku, quantity, name }) => ({ id, sku, name, quantity: String(quantity) })),
	);
	const save = useOrderVerb(
		() =>
			apiClient.orderChanges.edit({
				...{ accountId: account.id, orderId: order.id, sourceChangedAt, shipTo, note },
				shipping:
					shipping === (order.shipping.name || order.shipping.code) ? order.shipping : { code: "", name: shipping },
				lines: lines.map(({ id, sku, quantity }) => ({ id, sku, quantity: Number(quantity) })),
			}),
		close,
	);
	const problem = save.error ? readProblem(save.error) : null;
	const fields = problem?.fields ?? {};
	const change = (index: number, part: Partial<(typeof lines)[number]>) =>
		setLines(lines.map((line, at) => (at === index ? { ...line, ...part } : line)));
	return (
		<Form
			className="flex min-h-0 flex-col"
			onSubmit={(event) => {
				event.preventDefault();
				save.mutate(undefined);
			}}
		>
			<Modal.Header>
				<Modal.Heading>Correct order {order.number}</Modal.Heading>
			</Modal.Header>
			<Modal.Body className="flex flex-col gap-4">
				<p className="text-[13px] text-muted">
					What the cart said is kept beside it, and you can go back to it until the order is sent. Until then later
					changes in the cart do not replace your correction.
				</p>
				{lines.map((line, index) => (
					<div key={line.id} className="grid grid-cols-[minmax(0,1fr)_96px] gap-3">
						<PlainField
							label={line.name ? `SKU of ${line.name}` : "SKU"}
							value={line.sku}
							onChange={(sku) => change(index, { sku })}
							problem={fields[`lines.${index}.sku`]}
						/>
						<PlainField
							label="Quantity"
							type="number"
							value={line.quantity}
							onChange={(quantity) => change(index, { quantity })}
							problem={fields[`lines.${index}.quantity`]}
						/>
					</div>
				))}
				<AddressFields shipTo={shipTo} fields={fields} onChange={setShipTo} />
				<PlainField label="Shipping" value={shipping} onChange={setShipping} problem={fields["shipping.name"]} />
				<PlainField label="Note to the warehouse" value={note} onChange={setNote} problem={fields.note} />
				{problem && <ErrorPanel error={save.error} />}
			</Modal.Body>
			<Modal.Footer>
				<Button variant="outline" onPress={close}>
					Keep as it is
				</Button>
				<Button type="submit" isPending={save.isPending}>
					{order.held || order.sendingCanceled ? "Save" : "Save and resend"}
				</Button>
			</Modal.Footer>
		</Form>
	);
}

function AddressFields({
	shipTo,
	fields,
	onChange,
}: {
	shipTo: ShipTo;
	fields: Record<string, string>;
	onChange: (shipTo: ShipTo) => void;
}) {
	return (
		<div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
			{addressFields.map(({ key, label, help }) => (
				<PlainField
					key={key}
					label={label}
					value={shipTo[key]}
					onChange={(value) => onChange({ ...shipTo, [key]: value })}
					problem={fields[`shipTo.${key}`]}
					{...(help && { help })}
				/>
			))}
		</div>
	);
}
