"use client";
import { Button, Form, Modal } from "@heroui/react";
import { useState } from "react";
import type { z } from "zod";
import { apiClient } from "@/lib/api/client";
import type { orderDetail } from "@/lib/api/contract/orders";
import { PickField } from "../form/pick-field";
import { PlainField } from "../form/plain-field";
import { ErrorPanel } from "../shell/error-panel";
import { useHub } from "../shell/hub-context";
import { readProblem } from "../ui/problem";
import { useOrderVerb } from "./use-order-verb";

type Order = z.output<typeof orderDetail>;

/** The warehouse has the order by another way: it is never sent from here, and its shipments are found by a number. */
export function MarkDelivered({ order }: { order: Order }) {
	return (
		<Modal>
			<Button variant="outline">Mark as delivered</Button>
			<Modal.Backdrop>
				<Modal.Container size="sm">
					<Modal.Dialog>{({ close }) => <MarkForm order={order} close={close} />}</Modal.Dialog>
				</Modal.Container>
			</Modal.Backdrop>
		</Modal>
	);
}

function MarkForm({ order, close }: { order: Order; close: () => void }) {
	const { account } = useHub();
	const [number, setNumber] = useState("");
	const [reason, setReason] = useState("");
	const [connectionId, setConnectionId] = useState<string | null>(order.warehouses[0]?.id ?? null);
	const mark = useOrderVerb(
		() =>
			apiClient.orderChanges.markDelivered({
				...{ accountId: account.id, orderId: order.id, number, reason },
				...(connectionId && { connectionId }),
			}),
		close,
	);
	const problem = mark.error ? readProblem(mark.error) : null;
	return (
		<Form
			onSubmit={(event) => {
				event.preventDefault();
				mark.mutate(undefined);
			}}
		>
			<Modal.Header>
				<Modal.Heading>Mark order {order.number} as delivered</Modal.Heading>
			</Modal.Header>
			<Modal.Body className="flex flex-col gap-4">
				<p className="text-[13px] text-muted">
					For an order that the warehouse got by mail, phone or its own screen. It is never sent from here, and you can
					take the mark back until something ships.
				</p>
				<PlainField
					label="Number the warehouse has for it"
					value={number}
					onChange={setNumber}
					help={`Its shipments are found by this number. Empty: ${order.deliveries[0]?.number ?? order.number}`}
					problem={problem?.fields.number}
				/>
				{order.warehouses.length > 1 && (
					<PickField
						label="Warehouse"
						value={connectionId}
						options={order.warehouses.map(({ id, name }) => ({ value: id, label: name }))}
						onChange={setConnectionId}
						problem={problem?.fields.connectionId}
					/>
				)}
				<PlainField
					label="How the warehouse got it"
					value={reason}
					onChange={setReason}
					isRequired
					problem={problem?.fields.reason}
				/>
				{problem && Object.keys(problem.fields).length === 0 && <ErrorPanel error={mark.error} />}
			</Modal.Body>
			<Modal.Footer>
				<Button variant="outline" onPress={close}>
					Keep as it is
				</Button>
				<Button type="submit" isPending={mark.isPending}>
					Mark as delivered
				</Button>
			</Modal.Footer>
		</Form>
	);
}
