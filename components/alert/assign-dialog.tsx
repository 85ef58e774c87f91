"use client";
import { Button, Modal } from "@heroui/react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/lib/api/client";
import { PickField } from "../form/pick-field";
import { ErrorPanel } from "../shell/error-panel";
import { useHub, useMay } from "../shell/hub-context";
import type { AlertDetail } from "./alert-page";
import { useAfterAlert } from "./use-alert-action";

/** Says who looks after an alert; they get a mail. */
export function AssignDialog({ alert }: { alert: AlertDetail }) {
	return (
		<Modal>
			<Button variant="outline">Assign</Button>
			<Modal.Backdrop>
				<Modal.Container size="sm">
					<Modal.Dialog>{({ close }) => <AssignForm alert={alert} close={close} />}</Modal.Dialog>
				</Modal.Container>
			</Modal.Backdrop>
		</Modal>
	);
}

function AssignForm({ alert, close }: { alert: AlertDetail; close: () => void }) {
	const { account } = useHub();
	const mayReadPeople = useMay("people:read");
	const done = useAfterAlert();
	const [whom, setWhom] = useState<string | null>(alert.assignee?.id ?? null);
	const people = useQuery(api.people.list.queryOptions({ input: { accountId: account.id }, enabled: mayReadPeople }));
	const assign = useMutation(
		api.alerts.assign.mutationOptions({
			onSuccess: async () => {
				await done.onSuccess();
				close();
			},
		}),
	);
	const give = (membershipId: string | null) =>
		assign.mutate({ accountId: account.id, alertId: alert.id, membershipId });
	const options = (people.data?.members ?? [])
		.filter(({ merchant }) => !merchant || merchant.id === alert.merchant?.id)
		.map(({ id, name, email, you }) => ({ value: id, label: `${name ?? email}${you ? " (you)" : ""}` }));
	return (
		<>
			<Modal.Header>
				<Modal.Heading>Who looks after it?</Modal.Heading>
			</Modal.Header>
			<Modal.Body className="flex flex-col gap-3">
				{mayReadPeople && <PickField label="Person" value={whom} options={options} onChange={setWhom} />}
				<p className="text-[13px] text-muted">Somebody else gets a mail with a link to the alert.</p>
				{assign.error && <ErrorPanel error={assign.error} />}
			</Modal.Body>
			<Modal.Footer>
				{alert.assignee && (
					<Button variant="outline" isPending={assign.isPending} onPress={() => give(null)}>
						Nobody
					</Button>
				)}
				<Button variant="outline" isPending={assign.isPending} onPress={() => give("me")}>
					Me
				</Button>
				{mayReadPeople && (
					<Button isDisabled={!whom} isPending={assign.isPending} onPress={() => whom && give(whom)}>
						Assign
					</Button>
				)}
			</Modal.Footer>
		</>
	);
}
