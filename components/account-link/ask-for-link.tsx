"use client";
import { Button, FieldError, Form, Input, Label, Modal, TextField } from "@heroui/react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/lib/api/client";
import { ErrorPanel } from "../shell/error-panel";
import { useHub } from "../shell/hub-context";
import { readProblem } from "../ui/problem";

export interface Told {
	email: string;
	url: string;
	mailed: boolean;
}

/** Asks by mail for a link with another account. */
export function AskForLink({ onAsked }: { onAsked: (told: Told) => void }) {
	return (
		<Modal>
			<Button>Ask for a link</Button>
			<Modal.Backdrop>
				<Modal.Container size="md">
					<Modal.Dialog>{({ close }) => <AskForm close={close} onAsked={onAsked} />}</Modal.Dialog>
				</Modal.Container>
			</Modal.Backdrop>
		</Modal>
	);
}

function AskForm({ close, onAsked }: { close: () => void; onAsked: (told: Told) => void }) {
	const { account } = useHub();
	const queries = useQueryClient();
	const [email, setEmail] = useState("");
	const ask = useMutation(
		api.accountLinks.invite.mutationOptions({
			onSuccess: async ({ url, mailed }) => {
				onAsked({ email: email.trim(), url, mailed });
				await queries.invalidateQueries({ queryKey: api.accountLinks.key() });
				close();
			},
		}),
	);
	const fields = ask.error ? readProblem(ask.error).fields : {};
	const isWarehouse = account.kind === "fulfillment";
	return (
		<Form
			onSubmit={(event) => {
				event.preventDefault();
				ask.mutate({ accountId: account.id, email: email.trim() });
			}}
		>
			<Modal.Header>
				<Modal.Heading>{isWarehouse ? "Ask a brand for a link" : "Ask your warehouse for a link"}</Modal.Heading>
			</Modal.Header>
			<Modal.Body className="flex flex-col gap-4">
				<p className="text-[13px] text-muted">
					{isWarehouse
						? "An owner or admin of the brand's own Crossdock account accepts it. Your staff then see its orders and set up the warehouse; its carts and people stay its own."
						: "An owner or admin of the warehouse's Crossdock account accepts it. Their staff then see your orders and set up the delivery; they change nothing of your carts."}
				</p>
				<TextField
					fullWidth
					type="email"
					value={email}
					onChange={setEmail}
					isRequired
					isInvalid={fields.email !== undefined}
					validationBehavior="aria"
					autoFocus
				>
					<Label>Mail address</Label>
					<Input className="w-full" />
					<FieldError>{fields.email && `This address ${fields.email}`}</FieldError>
				</TextField>
				{ask.isError && !fields.email && <ErrorPanel error={ask.error} />}
			</Modal.Body>
			<Modal.Footer>
				<Button variant="outline" onPress={close}>
					Close
				</Button>
				<Button type="submit" isPending={ask.isPending}>
					Send
				</Button>
			</Modal.Footer>
		</Form>
	);
}
