"use client";
import { Button, FieldError, Form, Input, Label, ListBox, Modal, Select, TextField } from "@heroui/react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/lib/api/client";
import { ErrorPanel } from "../shell/error-panel";
import { useHref, useHub, useMay } from "../shell/hub-context";
import { LinkButton } from "../ui/link-button";
import { Notice } from "../ui/notice";

/** "Why is this order not here?": asks the cart itself, and says which setting leaves the order out. */
export function MissingOrder({ number = "" }: { number?: string }) {
	return (
		<Modal>
			<Button variant="outline">Order missing?</Button>
			<Modal.Backdrop>
				<Modal.Container size="md">
					<Modal.Dialog>
						<MissingForm number={number} />
					</Modal.Dialog>
				</Modal.Container>
			</Modal.Backdrop>
		</Modal>
	);
}

function MissingForm({ number: first }: { number: string }) {
	const { account } = useHub();
	const [number, setNumber] = useState(first);
	const connections = useQuery(api.connections.list.queryOptions({ input: { accountId: account.id } }));
	const carts = connections.data?.items.filter(({ side }) => side === "source") ?? [];
	const [chosen, setChosen] = useState<string | null>(null);
	const connectionId = chosen ?? carts[0]?.id ?? null;
	const ask = useMutation(api.orders.explainMissing.mutationOptions());
	return (
		<>
			<Modal.Header>
				<Modal.Heading>Why is this order not here?</Modal.Heading>
			</Modal.Header>
			<Modal.Body className="flex flex-col gap-4">
				<Form
					className="flex flex-col gap-4"
					onSubmit={(event) => {
						event.preventDefault();
						if (connectionId) ask.mutate({ accountId: account.id, connectionId, number });
					}}
				>
					<Select fullWidth value={connectionId} onChange={(key) => setChosen(key === null ? null : String(key))}>
						<Label>Cart</Label>
						<Select.Trigger>
							<Select.Value />
							<Select.Indicator />
						</Select.Trigger>
						<Select.Popover>
							<ListBox>
								{carts.map(({ id, name, merchant }) => (
									<ListBox.Item key={id} id={id} textValue={name}>
										{account.kind === "fulfillment" ? `${name}, ${merchant.name}` : name}
										<ListBox.ItemIndicator />
									</ListBox.Item>
								))}
							</ListBox>
						</Select.Popover>
					</Select>
					<TextField fullWidth value={number} onChange={setNumber} isRequired validationBehavior="aria">
						<Label>Order number in the cart</Label>
						<Input className="w-full" />
						<FieldError />
					</TextField>
					<Button
						type="submit"
						className="self-start"
						isDisabled={!connectionId || number === ""}
						isPending={ask.isPending}
					>
						Ask the cart
					</Button>
				</Form>
				{ask.error && <ErrorPanel error={ask.error} />}
				{ask.data && connectionId && <Verdict answer={ask.data} connectionId={connectionId} />}
			</Modal.Body>
		</>
	);
}

interface VerdictProps {
	answer: { verdict: string; sentence: string; path: string | null; pathLabel: string; sourceId: string | null };
	connectionId: string;
}

function Verdict({ answer, connectionId }: VerdictProps) {
	const { account } = useHub();
	const href = useHref();
	const mayPull = useMay("orders:write");
	const queries = useQueryClient();
	const pull = useMutation(
		api.orders.pull.mutationOptions({ onSuccess: () => queries.invalidateQueries({ queryKey: api.orders.key() }) }),
	);
	const { sourceId, path } = answer;
	return (
		<>
			<Notice
				tone={answer.verdict === "here" || answer.verdict === "coming" ? "done" : "look"}
				title={answer.sentence}
				live
				action={
					<>
						{path && (
							<LinkButton variant="outline" href={href(path)}>
								{answer.pathLabel}
							</LinkButton>
						)}
						{sourceId && mayPull && (
							<Button
								isPending={pull.isPending}
								onPress={() => pull.mutate({ accountId: account.id, connectionId, sourceId })}
							>
								Pull it now
							</Button>
						)}
					</>
				}
			/>
			{pull.error && <ErrorPanel error={pull.error} />}
			{pull.isSuccess && (
				<Notice tone="done" title="It is being loaded" live>
					It appears at the top of the list within a few seconds.
				</Notice>
			)}
		</>
	);
}
