"use client";
import { Button, Description, FieldError, Form, Input, Label, Modal, TextField } from "@heroui/react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, apiClient } from "@/lib/api/client";
import { ErrorPanel } from "../shell/error-panel";
import { useHub } from "../shell/hub-context";
import { CopyField } from "../ui/copy-field";
import { Notice } from "../ui/notice";
import { readProblem } from "../ui/problem";

/** For a connection that is there, or for one that is made with the link. */
export type AskFor = { connectionId: string } | { merchantId: string; connectorKey: string; system: string };

interface AskDialogProps {
	about: AskFor;
	label: string;
	/** After the dialog of a new connection is closed. */
	onMade?: (connectionId: string) => void;
}

/** Asks somebody without a login to enter a cart's access details, by a link that works once. */
export function AskDialog({ about, label, onMade }: AskDialogProps) {
	const [made, setMade] = useState<string | null>(null);
	return (
		<Modal onOpenChange={(isOpen) => !isOpen && made && onMade?.(made)}>
			<Button variant="outline">{label}</Button>
			<Modal.Backdrop>
				<Modal.Container size="sm">
					<Modal.Dialog>{({ close }) => <AskForm about={about} close={close} onMade={setMade} />}</Modal.Dialog>
				</Modal.Container>
			</Modal.Backdrop>
		</Modal>
	);
}

function AskForm({ about, close, onMade }: { about: AskFor; close: () => void; onMade: (id: string) => void }) {
	const { account } = useHub();
	const queries = useQueryClient();
	const isNew = "merchantId" in about;
	const [email, setEmail] = useState("");
	const [name, setName] = useState(isNew ? about.system : "");
	const send = useMutation({
		mutationFn: () => {
			if (!isNew) return apiClient.shareLinks.create({ accountId: account.id, ...about, email });
			const { merchantId, connectorKey } = about;
			return apiClient.shareLinks.invite({ accountId: account.id, merchantId, connectorKey, name, email });
		},
		onSuccess: async ({ connectionId }) => {
			onMade(connectionId);
			await queries.invalidateQueries({ queryKey: api.shareLinks.key() });
			await queries.invalidateQueries({ queryKey: api.connections.key() });
		},
	});
	if (send.data) return <Sent {...send.data} email={email} close={close} />;
	const problem = send.error ? readProblem(send.error) : null;
	return (
		<Form
			onSubmit={(event) => {
				event.preventDefault();
				send.mutate();
			}}
		>
			<Modal.Header>
				<Modal.Heading>Ask for access details</Modal.Heading>
			</Modal.Header>
			<Modal.Body className="flex flex-col gap-4">
				<p>They get a link by mail, without a login, and enter the access details themselves. You never see them.</p>
				{isNew && (
					<Field label="Name of the connection" value={name} onChange={setName} problem={problem?.fields.name} />
				)}
				<Field
					label="Mail address"
					help="Of whoever may give access to the cart."
					type="email"
					value={email}
					onChange={setEmail}
					problem={problem?.fields.email}
				/>
				{problem && Object.keys(problem.fields).length === 0 && <ErrorPanel error={send.error} />}
			</Modal.Body>
			<Modal.Footer>
				<Button variant="outline" onPress={close}>
					Close
				</Button>
				<Button type="submit" isPending={send.isPending}>
					Send the link
				</Button>
			</Modal.Footer>
		</Form>
	);
}

interface FieldProps {
	label: string;
	help?: string;
	type?: "email";
	value: string;
	onChange: (value: string) => void;
	problem: string | undefined;
}

function Field({ label, help, type, value, onChange, problem }: FieldProps) {
	return (
		<TextField
			fullWidth
			value={value}
			onChange={onChange}
			isRequired
			isInvalid={problem !== undefined}
			validationBehavior="aria"
			{...(type && { type })}
		>
			<Label>{label}</Label>
			<Input className="w-full" />
			{help && <Description>{help}</Description>}
			<FieldError>{problem}</FieldError>
		</TextField>
	);
}

function Sent({ url, mailed, email, close }: { url: string; mailed: boolean; email: string; close: () => void }) {
	return (
		<>
			<Modal.Header>
				<Modal.Heading>{mailed ? "The link is on its way" : "The link is ready"}</Modal.Heading>
			</Modal.Header>
			<Modal.Body className="flex flex-col gap-3">
				{mailed ? (
					<p>We mailed it to {email}. You can also pass it on yourself; it works once, within seven days.</p>
				) : (
					<Notice tone="look" title="The mail could not be sent" live>
						Pass the link on to {email} yourself. It works once, within seven days.
					</Notice>
				)}
				<CopyField label="Link" value={url} />
			</Modal.Body>
			<Modal.Footer>
				<Button onPress={close}>Done</Button>
			</Modal.Footer>
		</>
	);
}
