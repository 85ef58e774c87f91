"use client";
import { Button, FieldError, Form, Input, Label, Modal, TextField } from "@heroui/react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, apiClient } from "@/lib/api/client";
import { webhookEvents } from "@/lib/api/contract/notifications";
import { ErrorPanel } from "../shell/error-panel";
import { useHub } from "../shell/hub-context";
import { readProblem } from "../ui/problem";
import { Toggle } from "./toggle";

type EventName = (typeof webhookEvents)[number];
const eventWords: Record<EventName, string> = {
	"alert.opened": "An alert opens",
	"alert.resolved": "An alert is resolved",
};

interface WebhookDialogProps {
	/** The one to change; absent: a new one. */
	webhook?: { id: string; url: string; events: string[] };
	onSecret?: (secret: string) => void;
}

/** Adds an address, or changes one. */
export function WebhookDialog(props: WebhookDialogProps) {
	return (
		<Modal>
			<Button variant={props.webhook ? "outline" : "primary"}>{props.webhook ? "Change" : "Add a webhook"}</Button>
			<Modal.Backdrop>
				<Modal.Container size="md">
					<Modal.Dialog>{({ close }) => <WebhookForm {...props} close={close} />}</Modal.Dialog>
				</Modal.Container>
			</Modal.Backdrop>
		</Modal>
	);
}

function WebhookForm({ webhook, onSecret, close }: WebhookDialogProps & { close: () => void }) {
	const { account } = useHub();
	const queries = useQueryClient();
	const [url, setUrl] = useState(webhook?.url ?? "");
	const [events, setEvents] = useState<EventName[]>(
		webhookEvents.filter((name) => !webhook || webhook.events.includes(name)),
	);
	const save = useMutation({
		mutationFn: async () => {
			const given = { accountId: account.id, url: url.trim(), events };
			if (webhook) await apiClient.webhooks.update({ ...given, webhookId: webhook.id });
			else onSecret?.((await apiClient.webhooks.create(given)).secret);
		},
		onSuccess: async () => {
			close();
			await queries.invalidateQueries({ queryKey: api.webhooks.key() });
		},
	});
	const problem = save.error ? readProblem(save.error) : null;
	const toggle = (name: EventName, on: boolean) =>
		setEvents(webhookEvents.filter((known) => (known === name ? on : events.includes(known))));
	return (
		<Form
			onSubmit={(event) => {
				event.preventDefault();
				save.mutate();
			}}
		>
			<Modal.Header>
				<Modal.Heading>{webhook ? "Change the webhook" : "Add a webhook"}</Modal.Heading>
			</Modal.Header>
			<Modal.Body className="flex flex-col gap-4">
				<TextField
					fullWidth
					type="url"
					value={url}
					onChange={setUrl}
					isRequired
					isInvalid={problem?.fields.url !== undefined}
					validationBehavior="aria"
					autoFocus
				>
					<Label>Address</Label>
					<Input className="w-full" placeholder="https://" />
					<FieldError>{problem?.fields.url}</FieldError>
				</TextField>
				{webhookEvents.map((name) => (
					<Toggle key={name} label={eventWords[name]} on={events.includes(name)} onChange={(on) => toggle(name, on)} />
				))}
				{save.error && <ErrorPanel error={save.error} />}
			</Modal.Body>
			<Modal.Footer>
				<Button variant="outline" onPress={close}>
					Keep as it is
				</Button>
				<Button type="submit" isPending={save.isPending}>
					{webhook ? "Save" : "Add"}
				</Button>
			</Modal.Footer>
		</Form>
	);
}
